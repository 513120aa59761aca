using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using LogScalePaging.Common;
using LogScalePaging.Search;
using LogScalePaging.Search.Ranges;

namespace LogScalePaging.Falcon.Rest.Endpoints;

/// <summary>The records of one endpoint of Falcon's REST API.</summary>
/// <param name="Endpoint">
/// Path, with additional parameters of the endpoint after a question mark: <c>/alerts/combined/alerts/v1</c>.
/// </param>
public sealed record FalconRequest(string Endpoint) : SearchRequest
{
    /// <summary>Name of the system in checkpoints and manifests.</summary>
    public const string SystemName = "Falcon";

    private static readonly Regex s_field = new(@"^[A-Za-z_][A-Za-z0-9_.]{0,199}\z", RegexOptions.CultureInvariant);

    private const string PageSizeNote = "pageSize";
    private const string NoVerifyNote = "noVerify";
    private const string SortArgument = "sort";
    private const string BodyArgument = "body";
    private const string DetailedArgument = "detailed";
    private const string SliceArgument = "sliceBy";

    /// <summary>The known endpoints, for completion. Other endpoints work if their answers have a known form.</summary>
    public static IReadOnlyList<string> KnownEndpoints { get; } =
        [.. FalconFamilies.All.Select(family => family.Path).Where(path => !path.Contains("*"))];

    /// <summary>The child tenants of the account, with their names.</summary>
    public static FalconRequest Children { get; } = new(FalconFamily.Children) { Detailed = true };

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
    public override RequestedRange Range => SliceBy is null ? default : new RequestedRange(Start, End);

    /// <summary>
    /// The time field by which the records are read in slices, several in parallel: <c>created_timestamp</c>. Null to read them in one
    /// walk.
    /// </summary>
    public string? SliceBy { get; init; }

    /// <summary>Start of the range of <see cref="SliceBy"/>, inclusive. Required with it.</summary>
    public RequestedTime Start { get; init; }

    /// <summary>End of the range of <see cref="SliceBy"/>, exclusive. Required with it.</summary>
    public RequestedTime End { get; init; }

    /// <summary>Parallel slices, 1 to 1,000.</summary>
    public int Parallel { get; init; } = 8;

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

    /// <summary>The known time fields of an endpoint, for completion.</summary>
    /// <param name="endpoint">An endpoint.</param>
    public static IReadOnlyList<string> TimeFields(string endpoint) => FalconFamilies.Of(endpoint.Trim().Split('?')[0]).TimeFields;

    /// <summary>
    /// The order within a slice. Slices are read newest first, so an order by the same field is descending. Null for the usual order.
    /// </summary>
    internal string? SliceSort => SortBy ?? (Family.Sort is { } usual && FalconSort.Parse(usual).Field == SliceBy
        ? new FalconSort(SliceBy, true).For(Family) : null);

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
            if (SliceBy is not null)
                arguments[SliceArgument] = SliceBy;
            return arguments.Count == 0 ? null : arguments;
        }
    }

    /// <inheritdoc/>
    public override SearchRequest Over(long start, long end) => this with { Start = new(start, null), End = new(end, null) };

    /// <inheritdoc/>
    public override void EnsureValid()
    {
        // Only a path is allowed, because the token must be sent only to the host of the connection.
        if (!Endpoint.StartsWith("/", StringComparison.Ordinal) || Endpoint.StartsWith("//", StringComparison.Ordinal)
            || !Uri.IsWellFormedUriString(Endpoint, UriKind.Relative)
            || Path.Split('/').Any(part => part is "." or ".."))
            throw new ArgumentException(
                $"'{Printable.Line(Endpoint)}' is not an endpoint. An endpoint is a path, such as {KnownEndpoints[0]}.");
        var family = Family;
        if (PageSize is { } size && (size < 1 || size > family.MaxPage))
            throw new ArgumentException(
                FormattableString.Invariant($"The page size must be between 1 and {family.MaxPage:N0} for {Path}, not {size:N0}."));
        if (MaxEvents < 1)
            throw new ArgumentException($"The limit of records must be 1 or more, not {MaxEvents}. Use no limit to get all records.");
        if (family.NeedsFilter && Query.Trim().Length == 0)
            throw new ArgumentException($"{Path} requires a filter, such as \"status:'open'\".");
        if (Detailed && family.Details is null)
            throw new ArgumentException($"Details are not available for {Path}. They are available for: "
                + $"{string.Join(", ", FalconFamilies.All.Where(f => f.Details is not null).Select(f => f.Path))}.");
        if (Body is not null)
            EnsureObject(Body);
        if (SliceBy is not null)
            EnsureSlices(SliceBy, family);
        else if (Start != default || End != default)
            throw new ArgumentException("A range requires a time field to slice by. Without slices, put the times into the filter.");
    }

    /// <summary>The range of the slices in nanoseconds. Relative times are made absolute.</summary>
    /// <param name="now">The clock.</param>
    internal (long Start, long End) Pinned(DateTimeOffset now) => RangePin.Nanoseconds(Range, now, "record");

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
            SliceBy = Argument(saved, SliceArgument),
            Start = Argument(saved, SliceArgument) is null ? default : RangePin.Restored(saved.Identity.RangeStart, "start"),
            End = Argument(saved, SliceArgument) is null ? default : RangePin.Restored(saved.Identity.RangeEnd, "end"),
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

    // The name goes into a filter.
    private void EnsureSlices(string field, FalconFamily family)
    {
        if (!s_field.IsMatch(field))
            throw new ArgumentException($"'{Printable.Line(field)}' is not the name of a field.");
        if (Start == default || End == default)
            throw new ArgumentException($"Slices by {field} require the start and the end of a range.");
        if (!family.HasTotal || (KnownEndpoints.Contains(Path) && family.TimeFields.Count == 0))
            throw new ArgumentException($"{Path} cannot be read in slices, because it has no filter or no total.");
        if (SortBy is not null && (FalconSort.Parse(SortBy) is not { IsDescending: true } sort || sort.Field != field))
        {
            throw new ArgumentException($"Slices by {field} are read newest first, so the only possible order is "
                + $"{new FalconSort(field, true).For(family)}, not {Printable.Line(SortBy)}.");
        }
        // The filter of a slice would replace this one.
        if (Endpoint.Contains("filter=") || HasFilter(Body))
            throw new ArgumentException("With slices, the filter must not be in the endpoint or in the body. Give it as the filter.");
        if (Parallel is < 1 or > 1_000)
            throw new ArgumentException($"The number of parallel slices must be between 1 and 1,000, not {Parallel}.");
        _ = RangePin.Nanoseconds(Range, new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), "record", isCheck: true);
    }

    private static string? Argument(SavedSearch saved, string name) => saved.Identity.Arguments is { } all
        && all.TryGetValue(name, out var value) ? value : null;

    private static bool HasFilter(string? body)
    {
        if (body is null)
            return false;
        using var document = JsonDocument.Parse(body);
        return document.RootElement.TryGetProperty("filter", out _);
    }

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
