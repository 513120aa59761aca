using LogScalePaging.Paging;
using LogScalePaging.Records;
using LogScalePaging.Search.Windows;

namespace LogScalePaging.Search;

/// <summary>
/// One search from its first request to its verdict: the contract that every system implements. Exports and cmdlets know nothing else of
/// a system. Open it, read its pages or fetch its windows, then ask for the verdict. Disposing it removes what it made on the server.
/// </summary>
public interface ISearch : IAsyncDisposable
{
    /// <summary>What is asked. The range is pinned, and the host is the account's home, once the first answer is there.</summary>
    WalkIdentity Identity { get; }

    /// <summary>What answers, for a person: <c>NG-SIEM</c> where <see cref="Identity"/> names the system that it speaks like.</summary>
    string System { get; }

    /// <summary>What the records look like.</summary>
    RecordSchema Schema { get; }

    /// <summary>How the records are fetched; null before the first answer.</summary>
    FetchPlan? Plan { get; }

    /// <summary>The strategy whose pages have checkpoints: what a run states before it has a plan.</summary>
    string PageStrategy { get; }

    /// <summary>True when the records come in the server's order, and their times may lie outside the range.</summary>
    bool IsAsSent { get; }

    /// <summary>True when the query makes rows of its own, so that no count can be compared with them.</summary>
    bool IsAggregate { get; }

    /// <summary>Why the result may be wrong although the counts agree: contradictions and warnings of the server, each in part of a sentence.</summary>
    IReadOnlyList<string> Doubts { get; }

    /// <summary>Records that the server counted when the search began; null while, or when, that is not known.</summary>
    long? ExpectedBefore { get; }

    /// <summary>Epoch milliseconds from which an ingested record came after that count; null while, or when, that is not known.</summary>
    long? LateFrom { get; }

    /// <summary>Distinct records handed on so far.</summary>
    long Received { get; }

    /// <summary>Repeated records dropped so far.</summary>
    long Duplicates { get; }

    /// <summary>What was noticed about the records handed on.</summary>
    RowNotes Notes { get; }

    /// <summary>True when a walk ended with fewer records than were counted, so that walking again may bring the others.</summary>
    bool IsShort { get; }

    /// <summary>Makes sure that this search can go on with a plan that was read from a file. Sends nothing.</summary>
    /// <exception cref="FormatException">It cannot; the message says what is wrong in the file.</exception>
    void EnsureCanContinue(SavedPlan saved);

    /// <summary>Takes over what an earlier run asked, counted and handed on. Call it before <see cref="OpenAsync"/> and the pages.</summary>
    /// <param name="earlier">The earlier run. Where its plan can go on as it is, <see cref="Plan"/> is set; otherwise open the search.</param>
    void ContinueFrom(SearchResumption earlier);

    /// <summary>Sends the first request, pins the range and chooses the plan.</summary>
    /// <param name="toFile">True when the records go to a file; false when a reader waits for each of them.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="PagingException">The server did not accept the search.</exception>
    Task OpenAsync(bool toFile, CancellationToken cancellationToken);

    /// <summary>Every record for a reader, page by page and in order, whatever the plan is. Enumerate once, then ask for the verdict.</summary>
    /// <param name="from">From where to go on; null for the beginning.</param>
    /// <param name="cancellationToken">Ends the walk; what was handed on stays good.</param>
    /// <exception cref="PagingException">The walk broke off; it carries the checkpoint to go on from, where there is one.</exception>
    IAsyncEnumerable<Page<EventRecord>> PagesAsync(Checkpoint? from, CancellationToken cancellationToken);

    /// <summary>The pages of one walk. Where <see cref="IsShort"/> says so afterwards, call <see cref="BeginAgain"/> and walk again.</summary>
    /// <inheritdoc cref="PagesAsync"/>
    IAsyncEnumerable<Page<EventRecord>> WalkAsync(Checkpoint? from, CancellationToken cancellationToken);

    /// <summary>Forgets what a walk brought, so that it can be walked again.</summary>
    void BeginAgain();

    /// <summary>Fetches windows into a sink, in any order and many at once.</summary>
    /// <param name="windows">The windows of <see cref="Plan"/>, newest first, or those of them that an earlier run left.</param>
    /// <param name="sink">Where the records go.</param>
    /// <param name="cancellationToken">Ends it; windows that are whole stay good.</param>
    /// <returns>False when the plan cannot bring the result: nothing was kept, and <see cref="Plan"/> has another one.</returns>
    /// <exception cref="PagingException">Some windows could not be read; the others are whole.</exception>
    Task<bool> FetchWindowsAsync(IReadOnlyList<TimeWindow> windows, IWindowSink sink, CancellationToken cancellationToken);

    /// <summary>How many of some records lie outside the range.</summary>
    long CountOutside(IReadOnlyList<EventRecord> records);

    /// <summary>Replaces <see cref="Notes"/> by what holds for the records that a limit leaves.</summary>
    void Keep(RowNotes notes);

    /// <summary>The verdict on a walk that came to its end. Counts again where the walk took time.</summary>
    Task<Completeness> JudgeAsync(CancellationToken cancellationToken);

    /// <summary>The verdict on a walk that broke off.</summary>
    /// <param name="why">What broke it, in one sentence.</param>
    Completeness JudgeBroken(string why);

    /// <summary>Counts the records of the range now. The range must be absolute.</summary>
    /// <exception cref="PagingException">The count failed; the message says why.</exception>
    Task<long> CountAsync(CancellationToken cancellationToken);
}
