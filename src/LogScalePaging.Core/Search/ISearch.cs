using LogScalePaging.Paging;
using LogScalePaging.Paging.Positions;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Records;
using LogScalePaging.Search.Windows;

namespace LogScalePaging.Search;

/// <summary>
/// One search from its first request to its verdict: the contract that every system implements. Exports and cmdlets use only this
/// contract. Open it, read its pages or fetch its windows, then get the verdict. Disposing it removes what it created on the server.
/// </summary>
public interface ISearch : IAsyncDisposable
{
    /// <summary>
    /// The query, server and range. After the first answer, the range is pinned, and the host is that of the account's cloud.
    /// </summary>
    WalkIdentity Identity { get; }

    /// <summary>
    /// Name of the kind of server, for messages: <c>NG-SIEM</c>, although <see cref="Identity"/> has LogScale as system.
    /// </summary>
    string System { get; }

    /// <summary>What the records look like.</summary>
    RecordSchema Schema { get; }

    /// <summary>How the records are read; null before the first answer.</summary>
    FetchPlan? Plan { get; }

    /// <summary>The strategy for checkpoints of pages, which a run uses before it has a plan.</summary>
    string PageStrategy { get; }

    /// <summary>True if the records have the server's order, and their times may be outside the range.</summary>
    bool IsAsSent { get; }

    /// <summary>True if the query makes its own rows, so that no count can be compared with them.</summary>
    bool IsAggregate { get; }

    /// <summary>
    /// Why the result may be wrong although the counts agree: contradictions and warnings of the server, each as a part of a sentence.
    /// </summary>
    IReadOnlyList<string> Doubts { get; }

    /// <summary>Records that the server counted when the search began; null if it is not known (yet).</summary>
    long? ExpectedBefore { get; }

    /// <summary>Epoch milliseconds from which an ingested record arrived after that count; null if it is not known (yet).</summary>
    long? LateFrom { get; }

    /// <summary>Distinct records passed on so far.</summary>
    long Received { get; }

    /// <summary>Repeated records dropped so far.</summary>
    long Duplicates { get; }

    /// <summary>Observations about the records passed on.</summary>
    RowNotes Notes { get; }

    /// <summary>True if a walk ended with fewer records than were counted, so that a second walk may find the others.</summary>
    bool IsShort { get; }

    /// <summary>Checks that this search can continue with a plan from a file. Sends nothing.</summary>
    /// <exception cref="FormatException">It cannot. The message says what is wrong in the file.</exception>
    void EnsureCanContinue(SavedPlan saved);

    /// <summary>Uses the request, count and results of an earlier run. Call it before <see cref="OpenAsync"/> and the pages.</summary>
    /// <param name="earlier">The earlier run. If its plan can continue, <see cref="Plan"/> is set. Otherwise open the search.</param>
    void ContinueFrom(SearchResumption earlier);

    /// <summary>Sends the first request, pins the range and chooses the plan.</summary>
    /// <param name="toFile">True if the records go to a file; false if a reader waits for each of them.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="PagingException">The server did not accept the search.</exception>
    Task OpenAsync(bool toFile, CancellationToken cancellationToken);

    /// <summary>Every record for a reader, page by page and in order, for every plan. Enumerate once, then get the verdict.</summary>
    /// <param name="from">The place to continue from; null for the beginning.</param>
    /// <param name="cancellationToken">Ends the walk. Pages that were passed on stay valid.</param>
    /// <exception cref="PagingException">
    /// The walk broke off. The exception has the checkpoint to continue from, if there is one.
    /// </exception>
    IAsyncEnumerable<Page<Record>> PagesAsync(Checkpoint? from, CancellationToken cancellationToken);

    /// <summary>
    /// The pages of one walk. If <see cref="IsShort"/> is true afterwards, call <see cref="BeginAgain"/> and walk again.
    /// </summary>
    /// <inheritdoc cref="PagesAsync"/>
    IAsyncEnumerable<Page<Record>> WalkAsync(Checkpoint? from, CancellationToken cancellationToken);

    /// <summary>Forgets the results of a walk, so that it can be repeated.</summary>
    void BeginAgain();

    /// <summary>Fetches windows into a sink, in any order and in parallel.</summary>
    /// <param name="windows">The windows of <see cref="Plan"/>, newest first, or those that an earlier run left.</param>
    /// <param name="sink">Receives the records.</param>
    /// <param name="cancellationToken">Ends it. Complete windows stay valid.</param>
    /// <returns>False if the plan does not work: nothing was kept, and <see cref="Plan"/> has another one.</returns>
    /// <exception cref="PagingException">Some windows could not be read. The others are complete.</exception>
    Task<bool> FetchWindowsAsync(IReadOnlyList<TimeWindow> windows, IWindowSink sink, CancellationToken cancellationToken);

    /// <summary>How many of these records are outside the range.</summary>
    long CountOutside(IReadOnlyList<Record> records);

    /// <summary>Replaces <see cref="Notes"/> by the notes for the records within a limit.</summary>
    void Keep(RowNotes notes);

    /// <summary>The verdict on a walk that ended normally. It counts again if the walk took time.</summary>
    Task<Completeness> JudgeAsync(CancellationToken cancellationToken);

    /// <summary>The verdict on a walk that broke off.</summary>
    /// <param name="why">What broke it, in one sentence.</param>
    Completeness JudgeBroken(string why);

    /// <summary>
    /// Opens the search as an export does and finds out how much it would read: one answer, a count and a plan. Nothing else of the search
    /// may
    /// be used before or after it, apart from <see cref="Identity"/>, <see cref="Plan"/> and disposing it.
    /// </summary>
    /// <exception cref="PagingException">The server did not accept the search.</exception>
    Task<SearchEstimate> EstimateAsync(CancellationToken cancellationToken);

    /// <summary>Counts the records of the range now. The range must be absolute.</summary>
    /// <exception cref="PagingException">The count failed. The message says why.</exception>
    Task<long> CountAsync(CancellationToken cancellationToken);
}
