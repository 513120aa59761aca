using System.Globalization;
using LogScalePaging.Search;
using LogScalePaging.Search.Ranges;

namespace LogScalePaging.LogScale.Queries;

/// <summary>A search of LogScale or NG-SIEM.</summary>
/// <param name="Query">The query in CQL.</param>
public sealed record SearchSpec(string Query) : SearchRequest
{
    /// <summary>Name of the system in checkpoints. NG-SIEM has the same API, so both have this name.</summary>
    public const string SystemName = "LogScale";

    private const string TimeZoneNote = "timeZone";
    private const string SkippingNote = "allowEventSkipping";
    private const string NoVerifyNote = "noVerify";
    private const string PageSizeNote = "pageSize";

    /// <summary>The default of <see cref="JobTimeout"/>.</summary>
    public static readonly TimeSpan DefaultJobTimeout = TimeSpan.FromHours(1);

    private static readonly TimeSpan s_shortestJobTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longestJobTimeout = TimeSpan.FromDays(1);

    /// <inheritdoc/>
    public override string System => SystemName;

    /// <inheritdoc/>
    public override RequestedRange Range =>
        new(new RequestedTime(Start.Milliseconds, Start.Relative), new RequestedTime(End.Milliseconds, End.Relative));

    /// <summary>Start of the range. The default is 15 minutes ago, as in the published script.</summary>
    public QueryTime Start { get; init; } = QueryTime.Parse("15m");

    /// <summary>End of the range. The default is now.</summary>
    public QueryTime End { get; init; } = QueryTime.Now;

    /// <summary>Repository; null for the connection's.</summary>
    public string? Repository { get; init; }

    /// <summary>Values for the query's <c>?parameters</c>.</summary>
    public IReadOnlyDictionary<string, string>? Arguments { get; init; }

    /// <summary>Let the server leave out events on slow storage. The result is then never Complete.</summary>
    public bool AllowEventSkipping { get; init; }

    /// <summary>How to get past the result buffer.</summary>
    public SearchStrategy Strategy { get; init; }

    /// <summary>Events per page of the strategy Around, 1 to 200,000.</summary>
    public int PageSize { get; init; } = 200;

    /// <summary>Parallel query jobs, 1 to 6,000.</summary>
    public int Parallel { get; init; } = 8;

    /// <summary>Longest time without progress of a query job, 1 s to 1 day. It starts again whenever <c>workDone</c> grows.</summary>
    public TimeSpan JobTimeout { get; init; } = DefaultJobTimeout;

    /// <summary>Follow new events instead of ending; null to end.</summary>
    internal LiveOptions? Live { get; init; }

    /// <summary>
    /// Only the nearest events before and after an event. The range must be absolute. Null for all events of the range. It is not in a
    /// checkpoint, so it is not for exports.
    /// </summary>
    internal AroundAnchor? Around { get; init; }

    /// <summary>Only events of these ingest times; null for all. It is not in a checkpoint, so it is not for exports.</summary>
    internal ArrivalRange? Arrived { get; init; }

    /// <summary>Events after which a walk without a count and without a limit is stopped.</summary>
    internal long MostUncounted { get; init; } = Paging.PagerOptions.DefaultMostUncounted;

    /// <summary>Events after which a stream without a count is closed. It goes to the disk as it comes.</summary>
    internal long MostUncountedOfStream { get; init; } = 1_000_000_000;

    /// <summary>The strategies that can be requested. The others follow from the query and its result.</summary>
    public static IReadOnlyList<SearchStrategy> Requestable { get; } =
        [SearchStrategy.Auto, SearchStrategy.Around, SearchStrategy.Window, SearchStrategy.Stream];

    /// <inheritdoc/>
    public override SearchRequest Over(long start, long end) => this with { Start = QueryTime.At(start), End = QueryTime.At(end) };

    /// <inheritdoc/>
    public override void EnsureValid() => EnsureValid(null);

    /// <summary>Checks that all values are within their limits.</summary>
    /// <param name="time">
    /// This machine's clock, for a range with one relative and one absolute end. Null leaves such a range to the server, as for a resumed
    /// search, whose range is pinned already.
    /// </param>
    /// <exception cref="ArgumentException">A value is not valid. The message says what is.</exception>
    public void EnsureValid(TimeProvider? time)
    {
        EnsureQuery(Query);
        if (PageSize is < 1 or > 200_000)
            throw new ArgumentException($"The page size must be between 1 and 200,000, not {PageSize}. The server's own buffer has 200 "
                + "events.");
        if (Parallel is < 1 or > 6_000)
            throw new ArgumentException("The number of parallel query jobs must be between 1 and 6,000, the server's limit, not "
                + $"{Parallel}.");
        if (!Requestable.Contains(Strategy))
            throw new ArgumentException($"The strategy must be one of {string.Join(", ", Requestable)}, not {Strategy}.");
        if (MaxEvents < 1)
            throw new ArgumentException($"The limit of events must be 1 or more, not {MaxEvents}. Use no limit to get all events.");
        if (JobTimeout < s_shortestJobTimeout || JobTimeout > s_longestJobTimeout)
            throw new ArgumentException("The job timeout must be between 1 and 86,400 seconds.");
        QueryTime.EnsureRange(Start, End, time);
    }

    /// <inheritdoc/>
    internal override SearchRequest Within(int parallel) => this with { Parallel = parallel };

    /// <summary>Checks that there is a query. For LogScale, an empty query means all events, which users rarely intend.</summary>
    /// <exception cref="ArgumentException">It is blank.</exception>
    public static void EnsureQuery(string query)
    {
        if (string.IsNullOrWhiteSpace(query))
            throw new ArgumentException("The query is empty. Use '*' to get all events.");
    }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> ToNotes()
    {
        var notes = new Dictionary<string, string>
        {
            [SkippingNote] = AllowEventSkipping ? "true" : "false",
            [NoVerifyNote] = NoVerify ? "true" : "false",
            [PageSizeNote] = PageSize.ToString(CultureInfo.InvariantCulture),
        };
        if (TimeZone is not null)
            notes[TimeZoneNote] = TimeZone;
        return notes;
    }

    /// <summary>The search of a checkpoint or a manifest, over its pinned range.</summary>
    internal static SearchRequest Restore(SavedSearch saved)
    {
        var (identity, notes) = (saved.Identity, saved.Notes);
        var spec = new SearchSpec(identity.Query)
        {
            Start = identity.RangeStart is { } start
                ? QueryTime.At(start)
                : throw new FormatException("The start of the range is missing."),
            End = identity.RangeEnd is { } end ? QueryTime.At(end) : throw new FormatException("The end of the range is missing."),
            Repository = identity.Repository,
            Arguments = identity.Arguments,
            TimeZone = saved.TimeZone ?? (notes.TryGetValue(TimeZoneNote, out var zone) ? zone : null),
            AllowEventSkipping = saved.Flag(SkippingNote),
            NoVerify = saved.Flag(NoVerifyNote),
            MaxEvents = saved.MaxEvents,
        };
        return notes.TryGetValue(PageSizeNote, out var text)
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size)
            ? spec with { PageSize = size }
            : spec;
    }

    /// <summary>The create request for this search over a range.</summary>
    internal QueryJobSpec ToJob(QueryTime start, QueryTime end) => new(Query)
    {
        Start = start,
        End = end,
        TimeZone = TimeZone,
        Arguments = Arguments,
        AllowEventSkipping = AllowEventSkipping,
        Arrived = Arrived,
    };
}
