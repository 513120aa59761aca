using System.Globalization;
using System.Text.Json;
using LogScalePaging.Common;
using LogScalePaging.Search;
using LogScalePaging.Search.Ranges;
using LogScalePaging.Tanium.Answers;
using LogScalePaging.Tanium.Graph;

namespace LogScalePaging.Tanium;

/// <summary>
/// A search of Tanium: a field of the API Gateway with the fields of its records (<see cref="Field"/> and <see cref="Properties"/>), or a
/// query in GraphQL (<see cref="Query"/> and <see cref="Arguments"/>).
/// </summary>
public sealed record TaniumRequest : SearchRequest
{
    /// <summary>Name of the system in checkpoints and manifests.</summary>
    public const string SystemName = "Tanium";

    /// <summary>The default of <see cref="PageSize"/>.</summary>
    public const int DefaultPageSize = 100;

    /// <summary>The largest <see cref="PageSize"/>.</summary>
    public const int MostPageSize = 10_000;

    /// <summary>The fields that are known to have records in pages, for completion. Other fields of the API Gateway work too.</summary>
    public static IReadOnlyCollection<string> KnownFields => KnownCollections.Names;

    private const string NoVerifyNote = "noVerify";
    private const string PageSizeNote = "pageSize";
    private const string TextArgument = "graphql";
    private const string BackwardArgument = "backward";
    private const string RefreshNote = "refresh";

    /// <inheritdoc/>
    public override string System => SystemName;

    /// <inheritdoc/>
    public override RequestedRange Range => default;

    /// <summary>A query in GraphQL; empty where <see cref="Field"/> is used.</summary>
    public override string Query { get; init; } = "";

    /// <inheritdoc/>
    public override string Title => Field is null ? Query : $"{Field} {string.Join(",", Properties)}";

    /// <summary>The field of the query, such as <c>endpoints</c>; null where <see cref="Query"/> is used.</summary>
    public string? Field { get; init; }

    /// <summary>The fields of a record, such as <c>name</c> and <c>os{name}</c>. <c>id</c> is always asked for.</summary>
    public IReadOnlyList<string> Properties { get; init; } = [];

    /// <summary>The values of the variables of <see cref="Query"/> by name, each as JSON.</summary>
    public IReadOnlyDictionary<string, string> Arguments { get; init; } = new Dictionary<string, string>();

    /// <summary>True to read from the end of the collection.</summary>
    public bool Backward { get; init; }

    /// <summary>True to refresh the collection before it is read.</summary>
    public bool Refresh { get; init; }

    /// <summary>Records a page, 1 to 10,000.</summary>
    public int PageSize { get; init; } = DefaultPageSize;

    /// <summary>Cuts a list of fields at its commas: <c>id,name,os{name,platform}</c> has three.</summary>
    public static IReadOnlyList<string> SplitProperties(string list) => GraphSelection.Split(list);

    /// <summary>The names that records have for these fields: <c>os</c> for <c>os{name}</c>.</summary>
    /// <exception cref="ArgumentException">One of them is not a field of a record.</exception>
    public static IReadOnlyList<string> NamesOf(IReadOnlyList<string> properties) => [.. properties.Select(GraphSelection.NameOf)];

    /// <summary>What is read, for messages and checkpoints.</summary>
    internal string Name => Field ?? Parsed().Field;

    /// <summary>The query, or the fields of a record, as the identity of the search keeps them.</summary>
    internal string IdentityQuery => Field is null ? Query : string.Join(",", Properties);

    /// <summary>
    /// What changes the result beside them. The names of variables begin with a dollar sign, so that they differ from the others.
    /// </summary>
    internal IReadOnlyDictionary<string, string>? IdentityArguments
    {
        get
        {
            var arguments = Arguments.ToDictionary(a => "$" + a.Key, a => a.Value);
            if (Backward)
                arguments[BackwardArgument] = "true";
            // A manifest keeps no notes, and a query can look like a list of fields.
            if (Field is null)
                arguments[TextArgument] = "true";
            return arguments.Count == 0 ? null : arguments;
        }
    }

    /// <inheritdoc/>
    public override void EnsureValid()
    {
        if (PageSize is < 1 or > MostPageSize)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"The page size must be between 1 and {MostPageSize:N0}, not {PageSize:N0}."));
        }
        if (MaxEvents < 1)
            throw new ArgumentException($"The limit of records must be 1 or more, not {MaxEvents}. Use no limit to get all records.");
        if (Field is null)
            EnsureText();
        else
            EnsureField(Field);
    }

    // A refresh makes the server collect from every endpoint.
    internal override SearchRequest ForEstimate() => this with { Refresh = false };

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> ToNotes() => new Dictionary<string, string>
    {
        [NoVerifyNote] = NoVerify ? "true" : "false",
        [PageSizeNote] = PageSize.ToString(CultureInfo.InvariantCulture),
        [RefreshNote] = Refresh ? "true" : "false",
    };

    /// <summary>The search that a checkpoint or a manifest keeps.</summary>
    /// <exception cref="FormatException">Its settings cannot be read.</exception>
    internal static SearchRequest Restore(SavedSearch saved)
    {
        var arguments = saved.Identity.Arguments ?? new Dictionary<string, string>();
        bool Is(string name) => arguments.TryGetValue(name, out var value) && value == "true";
        var isText = Is(TextArgument);
        var request = new TaniumRequest
        {
            Query = isText ? saved.Identity.Query : "",
            Field = isText ? null : saved.Identity.Repository,
            Properties = isText ? [] : GraphSelection.Split(saved.Identity.Query),
            Arguments = arguments.Where(a => a.Key.StartsWith("$", StringComparison.Ordinal))
                .ToDictionary(a => a.Key.Substring(1), a => a.Value),
            Backward = Is(BackwardArgument),
            Refresh = saved.Flag(RefreshNote),
            PageSize = saved.Notes.TryGetValue(PageSizeNote, out var text)
                && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : DefaultPageSize,
            NoVerify = saved.Flag(NoVerifyNote),
            MaxEvents = saved.MaxEvents,
        };
        try
        {
            request.EnsureValid();
        }
        catch (ArgumentException e)
        {
            // The file was edited.
            throw new FormatException(e.Message, e);
        }
        return request;
    }

    /// <summary>Writes the requests.</summary>
    internal IGraphSource Source() =>
        Field is null ? new TextSource(Parsed(), Arguments) : new FieldSource(Field, Properties, KnownCollections.TotalOf(Field));

    private GraphText Parsed()
    {
        try
        {
            return GraphText.Parse(Query);
        }
        catch (FormatException e)
        {
            throw new ArgumentException(e.Message, e);
        }
    }

    private void EnsureText()
    {
        if (string.IsNullOrWhiteSpace(Query))
            throw new ArgumentException("The search has neither a field nor a query.");
        if (Properties.Count > 0)
            throw new ArgumentException("A query names the fields of its records itself, so no others can be given.");
        var query = Parsed();
        TextSource.EnsurePaged(query, Backward, Refresh, Arguments);
        foreach (var argument in Arguments)
            EnsureJson(argument.Key, argument.Value);
    }

    private void EnsureField(string field)
    {
        if (Query.Length > 0)
            throw new ArgumentException("The search has a field and a query. Use one of them.");
        if (Arguments.Count > 0)
            throw new ArgumentException("Values of variables require a query.");
        if (field.Length == 0 || !field.All(c => c is '_' or (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9'))
            || char.IsDigit(field[0]))
        {
            throw new ArgumentException(
                $"'{Printable.Line(field)}' is not the name of a field. Use a name such as endpoints, or a query for "
                + "more.");
        }
        if (Properties.Count == 0)
            throw new ArgumentException("The fields of the records are missing, for example id, name and ipAddress.");
        var names = NamesOf(Properties);
        if (names.GroupBy(n => n, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new ArgumentException($"'{twice.Key}' is given twice.");
    }

    private static void EnsureJson(string name, string value)
    {
        try
        {
            JsonDocument.Parse(value).Dispose();
        }
        catch (JsonException e)
        {
            throw new ArgumentException($"The value of ${Printable.Line(name)} is not valid JSON: {Printable.Line(e.Message)}", e);
        }
    }
}
