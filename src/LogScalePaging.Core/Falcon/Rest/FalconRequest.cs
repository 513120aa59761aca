using System.Globalization;
using System.Text.Json;
using LogScalePaging.Common;
using LogScalePaging.Search;

namespace LogScalePaging.Falcon.Rest;

/// <summary>The records of one endpoint of Falcon's REST API.</summary>
/// <param name="Endpoint">
/// Path, with additional parameters of the endpoint after a question mark: <c>/alerts/combined/alerts/v1</c>.
/// </param>
public sealed record FalconRequest(string Endpoint) : SearchRequest
{
    /// <summary>Name of the system in checkpoints and manifests.</summary>
    public const string SystemName = "Falcon";

    private const string PageSizeNote = "pageSize";
    private const string NoVerifyNote = "noVerify";
    private const string SortArgument = "sort";
    private const string BodyArgument = "body";
    private const string DetailedArgument = "detailed";

    /// <summary>The known endpoints, for completion. Other endpoints work if their answers have a known form.</summary>
    public static IReadOnlyList<string> KnownEndpoints { get; } =
        [.. FalconFamilies.All.Select(family => family.Path).Where(path => !path.Contains("*"))];

    /// <summary>What the records of an endpoint are, and how many a page has at most.</summary>
    /// <param name="endpoint">One of <see cref="KnownEndpoints"/>.</param>
    public static string Describe(string endpoint)
    {
        var family = FalconFamilies.Of(endpoint);
        return FormattableString.Invariant($"{family.Name}, at most {family.MaxPage:N0} per page");
    }

    /// <inheritdoc/>
    public override string System => SystemName;

    /// <summary>The filter in FQL; empty for all records.</summary>
    public override string Query { get; init; } = "";

    /// <inheritdoc/>
    public override string Title => Query.Length == 0 ? Endpoint : $"{Endpoint} {Query}";

    /// <inheritdoc/>
    public override RequestedRange Range => default;

    /// <summary>
    /// Sort order in the form of the endpoint: <c>created_timestamp|desc</c>, <c>hostname.asc</c>. Null for the server's order.
    /// </summary>
    public string? SortBy { get; init; }

    /// <summary>Records per page; null for the maximum of the endpoint.</summary>
    public int? PageSize { get; init; }

    /// <summary>Get the full record for each id.</summary>
    public bool Detailed { get; init; }

    /// <summary>A JSON object for the body of a POST request; null for a GET request, or for a POST request with only the filter.</summary>
    public string? Body { get; init; }

    /// <summary>Path without its parameters.</summary>
    internal string Path => Endpoint.Split('?')[0];

    /// <summary>The family of the endpoint.</summary>
    internal FalconFamily Family
    {
        get
        {
            var family = FalconFamilies.Of(Path);
            return Body is null ? family : family with { IsPost = true };
        }
    }

    /// <summary>The settings other than endpoint and filter that change the result, as the identity of the search has them.</summary>
    internal IReadOnlyDictionary<string, string>? Arguments
    {
        get
        {
            var arguments = new Dictionary<string, string>();
            if (SortBy is not null)
                arguments[SortArgument] = SortBy;
            if (Body is not null)
                arguments[BodyArgument] = Body;
            if (Detailed)
                arguments[DetailedArgument] = "true";
            return arguments.Count == 0 ? null : arguments;
        }
    }

    /// <inheritdoc/>
    public override void EnsureValid()
    {
        // Only a path is allowed, because the token must be sent only to the host of the connection.
        if (!Endpoint.StartsWith("/", StringComparison.Ordinal) || Endpoint.StartsWith("//", StringComparison.Ordinal)
            || !Uri.IsWellFormedUriString(Endpoint, UriKind.Relative)
            || Path.Split('/').Any(part => part is "." or ".."))
            throw new ArgumentException($"'{Printable.Line(Endpoint)}' is not an endpoint. An endpoint is a path, such as {KnownEndpoints[0]}.");
        var family = Family;
        if (PageSize is { } size && (size < 1 || size > family.MaxPage))
            throw new ArgumentException(FormattableString.Invariant($"The page size must be between 1 and {family.MaxPage:N0} for {Path}, not {size:N0}."));
        if (MaxEvents < 1)
            throw new ArgumentException($"The limit of records must be 1 or more, not {MaxEvents}. Use no limit to get all records.");
        if (family.NeedsFilter && Query.Trim().Length == 0)
            throw new ArgumentException($"{Path} requires a filter, such as \"status:'open'\".");
        if (Detailed && family.Details is null)
            throw new ArgumentException($"Details are not available for {Path}. They are available for: "
                + $"{string.Join(", ", FalconFamilies.All.Where(f => f.Details is not null).Select(f => f.Path))}.");
        if (Body is not null)
            EnsureObject(Body);
    }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> ToNotes()
    {
        var notes = new Dictionary<string, string> { [NoVerifyNote] = NoVerify ? "true" : "false" };
        if (PageSize is { } size)
            notes[PageSizeNote] = size.ToString(CultureInfo.InvariantCulture);
        return notes;
    }

    /// <summary>The search of a checkpoint or a manifest.</summary>
    internal static SearchRequest Restore(SavedSearch saved)
    {
        var request = new FalconRequest(saved.Identity.Repository)
        {
            Query = saved.Identity.Query,
            SortBy = Argument(saved, SortArgument),
            Body = Argument(saved, BodyArgument),
            Detailed = Argument(saved, DetailedArgument) == "true",
            NoVerify = saved.Flag(NoVerifyNote),
            MaxEvents = saved.MaxEvents,
            PageSize = saved.Notes.TryGetValue(PageSizeNote, out var text)
                && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : null,
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

    private static string? Argument(SavedSearch saved, string name) => saved.Identity.Arguments is { } all
        && all.TryGetValue(name, out var value) ? value : null;

    private static void EnsureObject(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                return;
        }
        catch (JsonException e)
        {
            throw new ArgumentException($"The body is not valid JSON: {Printable.Line(e.Message)}", e);
        }
        throw new ArgumentException("The body must be a JSON object.");
    }
}
