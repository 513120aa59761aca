using System.Globalization;
using LogScalePaging.Axiom.Answers;
using LogScalePaging.Axiom.Apl;
using LogScalePaging.Common;
using LogScalePaging.Records;
using LogScalePaging.Search;
using LogScalePaging.Search.Ranges;

namespace LogScalePaging.Axiom;

/// <summary>A search of Axiom.</summary>
/// <param name="Query">The query in APL, with its dataset. <see cref="QueryOf"/> makes the query of a whole dataset.</param>
public sealed record AxiomRequest(string Query) : SearchRequest
{
    /// <summary>Name of the system in checkpoints and manifests.</summary>
    public const string SystemName = "Axiom";

    /// <summary>Maximum number of rows that one query returns.</summary>
    public const int MostRows = AxiomQuery.MostRows;

    /// <summary>The default of <see cref="PageSize"/>.</summary>
    public const int DefaultPageSize = 10_000;

    private const int MostParallel = 1_000;
    private const string NoVerifyNote = "noVerify";
    private const string PageSizeNote = "pageSize";
    private const string SortNote = "sortOrder";
    private const string PagingNote = "paging";

    /// <inheritdoc/>
    public override string System => SystemName;

    /// <inheritdoc/>
    public override RequestedRange Range => new(Start, End);

    /// <summary>Start of the range. The default is 15 minutes ago.</summary>
    public RequestedTime Start { get; init; } = new(null, "15m");

    /// <summary>End of the range. The default is now.</summary>
    public RequestedTime End { get; init; } = new(null, "now");

    /// <summary>True to read the oldest event first.</summary>
    public bool OldestFirst { get; init; }

    /// <summary>How pages are requested.</summary>
    public AxiomPaging Paging { get; init; }

    /// <summary>Events per page, 1 to 65,000. A page is larger if more events have the same time.</summary>
    public int PageSize { get; init; } = DefaultPageSize;

    /// <summary>Parallel windows, 1 to 1,000.</summary>
    public int Parallel { get; init; } = 8;

    internal RecordOrder Order => OldestFirst ? RecordOrder.OldestFirst : RecordOrder.NewestFirst;

    /// <summary>The query of a dataset, followed by stages.</summary>
    /// <param name="dataset">Name of the dataset.</param>
    /// <param name="stages">More APL, which may begin with a pipe; null for none.</param>
    public static string QueryOf(string dataset, string? stages = null) => AplQuery.Of(dataset, stages);

    /// <inheritdoc/>
    internal override SearchRequest Within(int parallel) => this with { Parallel = Math.Min(parallel, MostParallel) };

    /// <inheritdoc/>
    public override SearchRequest Over(long start, long end) => this with { Start = new(start, null), End = new(end, null) };

    /// <inheritdoc/>
    public override void EnsureValid()
    {
        _ = Parsed();
        if (PageSize is < 1 or > MostRows)
            throw new ArgumentException(
                $"The page size must be between 1 and 65,000, not {PageSize.ToString("N0", CultureInfo.InvariantCulture)}.");
        if (Parallel is < 1 or > MostParallel)
            throw new ArgumentException($"The number of parallel windows must be between 1 and 1,000, not {Parallel}.");
        if (MaxEvents < 1)
            throw new ArgumentException($"The limit of events must be 1 or more, not {MaxEvents}. Use no limit to get all events.");
        _ = Pinned(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), isCheck: true);
    }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> ToNotes() => new Dictionary<string, string>
    {
        [NoVerifyNote] = NoVerify ? "true" : "false",
        [PageSizeNote] = PageSize.ToString(CultureInfo.InvariantCulture),
        [SortNote] = OldestFirst ? "asc" : "desc",
        [PagingNote] = Paging.ToString(),
    };

    /// <summary>The search of a checkpoint or a manifest, over its pinned range.</summary>
    /// <exception cref="FormatException">Its settings are not valid.</exception>
    internal static SearchRequest Restore(SavedSearch saved)
    {
        string? Note(string name) => saved.Notes.TryGetValue(name, out var value) ? value : null;

        return new AxiomRequest(saved.Identity.Query)
        {
            Start = RangePin.Restored(saved.Identity.RangeStart, "start"),
            End = RangePin.Restored(saved.Identity.RangeEnd, "end"),
            OldestFirst = Note(SortNote) == "asc",
            Paging = Note(PagingNote) is not { } paging ? AxiomPaging.Auto
                : Enum.TryParse<AxiomPaging>(paging, out var known) ? known
                : throw new FormatException($"The paging '{Printable.Line(paging)}' does not exist."),
            PageSize = int.TryParse(Note(PageSizeNote), NumberStyles.None, CultureInfo.InvariantCulture, out var size)
                ? size
                : DefaultPageSize,
            NoVerify = saved.Flag(NoVerifyNote),
            MaxEvents = saved.MaxEvents,
        };
    }

    /// <summary>The query, split into its stages.</summary>
    /// <exception cref="ArgumentException">It cannot be read.</exception>
    internal AplQuery Parsed()
    {
        try
        {
            return AplQuery.Parse(Query);
        }
        catch (FormatException e)
        {
            throw new ArgumentException(e.Message, e);
        }
    }

    /// <summary>The range in nanoseconds. Relative times are made absolute.</summary>
    /// <param name="now">The clock.</param>
    /// <param name="isCheck">True if this is not the clock of the search. A relative and an absolute end are then not compared.</param>
    /// <exception cref="ArgumentException">An end is not a time, or the start is not before the end.</exception>
    internal AxiomRange Pinned(DateTimeOffset now, bool isCheck = false)
    {
        var (start, end) = RangePin.Nanoseconds(Range, now, "event", isCheck);
        return new AxiomRange(start, end);
    }
}
