using LogScalePaging.Diagnostics;
using LogScalePaging.LogScale.Counting;
using LogScalePaging.LogScale.Jobs;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.LogScale.Windows;
using LogScalePaging.Paging;
using LogScalePaging.Records;

namespace LogScalePaging.LogScale.Walks;

/// <summary>
/// The first job of a search. It makes the range absolute and begins the count, and its answer decides how the events are read.
/// </summary>
internal sealed class FirstJob
{
    private readonly SearchParts _parts;
    private readonly SearchPlan _plan;
    private FirstResult? _opened;
    private Action _beginCount;
    private long _rows;

    /// <param name="parts">The search.</param>
    /// <param name="plan">Receives the strategy.</param>
    public FirstJob(SearchParts parts, SearchPlan plan)
    {
        (_parts, _plan) = (parts, plan);
        _beginCount = CountPinned;
    }

    /// <summary>The first answer, while a walk can still use it as its first page; null if it cannot.</summary>
    public QueryResult? Answer { get; set; }

    /// <summary>True if the query makes its own rows.</summary>
    public bool IsAggregate { get; set; }

    /// <summary>The rows of the first answer.</summary>
    public IReadOnlyList<Record> Sample { get; private set; } = [];

    /// <summary>Time until the first answer was there.</summary>
    public TimeSpan SampleTime { get; private set; }

    /// <summary>Doubts about the result.</summary>
    public IEnumerable<string> Doubts => CountBelow(_rows);

    /// <summary>Runs the job and chooses the strategy.</summary>
    /// <param name="largestWindow">Maximum number of events in a window; <see cref="int.MaxValue"/> for files.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task OpenAsync(int largestWindow, CancellationToken cancellationToken)
    {
        if (await TryOpenTailAsync(largestWindow, cancellationToken).ConfigureAwait(false))
            return;
        var started = _parts.Time.GetTimestamp();
        Answer = await PlainAsync(cancellationToken).ConfigureAwait(false);
        Take(Answer.Events, started);
        See(Answer);
        _plan.Use(await _parts.Planning.ChooseAsync(Answer, largestWindow, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Runs a job with a large result buffer, if the search begins with one.</summary>
    /// <param name="keepsCut">True to keep a job open although its result may be cut.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Its result; null if there is none.</returns>
    public Task<FirstResult?> TailAsync(bool keepsCut, CancellationToken cancellationToken) =>
        FirstTail.IsFirst(_parts.Spec, _parts.Traits)
            ? new FirstTail(
                _parts.Buffers, _parts.Runner, _parts.Range, _parts.Spec, _parts.Traits, _parts.Evidence, _parts.Signals)
                .RunAsync(_parts.Pace, Poll, _beginCount, keepsCut, cancellationToken).AsPagingAsync()
            : Task.FromResult<FirstResult?>(null);

    /// <summary>Runs a job with the query as the user wrote it.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <param name="isPassedOn">Whether an answer is used before the range is counted; null if none is.</param>
    public Task<QueryResult> PlainAsync(CancellationToken cancellationToken, Predicate<QueryResult>? isPassedOn = null) =>
        new FirstAnswer(_parts.Runner, _parts.Range, _parts.Proof, _parts.Traits, _parts.Evidence, _parts.Signals)
            .GetAsync(_parts.Pace, Poll, cancellationToken, isPassedOn);

    /// <summary>Records what an answer shows about the result.</summary>
    public void See(QueryResult answer) => (IsAggregate, _rows) = (answer.Metadata.IsAggregate, answer.Events.Count);

    /// <summary>The first job if it holds the whole result; null if it does not, or after the first call.</summary>
    public FirstResult? TakeOpened() => Interlocked.Exchange(ref _opened, null);

    /// <summary>Leaves the begin of the count to <see cref="BeginCount"/>.</summary>
    public void CountLater() => _beginCount = static () => { };

    /// <summary>Begins the count of the range, unless it has begun.</summary>
    /// <param name="isCut">True if windows will follow. They need a histogram, whose sum is the count.</param>
    public void BeginCount(bool isCut)
    {
        if (_parts.Proof.HasBegun)
            return;
        if (isCut)
            _parts.Histogram.Begin(_parts.Stop);
        if (!_parts.Proof.HasBegun)
            CountPinned();
    }

    // A job with tail() returns the whole result, or shows that windows are needed.
    private async Task<bool> TryOpenTailAsync(int largestWindow, CancellationToken cancellationToken)
    {
        if (!FirstTail.IsFirst(_parts.Spec, _parts.Traits))
            return false;
        // The sum of the histogram is the count, and windows are planned with it.
        _beginCount = () => _parts.Histogram.Begin(_parts.Stop);
        for (var isLast = false; ; isLast = true)
        {
            var started = _parts.Time.GetTimestamp();
            var found = await TailAsync(keepsCut: false, cancellationToken).ConfigureAwait(false);
            if (found is null)
                break;
            Take(found.Answer.Events, started);
            _rows = found.Answer.Events.Count;
            if (!found.IsCut && !found.HoldsAll)
            {
                _opened = found;
                _plan.Use(_parts.Planning.Opened(found, largestWindow));
                return true;
            }
            var expected = await _parts.Proof.ConfirmedAsync(found.Total, isAll: !found.IsCut, cancellationToken).ConfigureAwait(false);
            var isShort = !found.IsCut && found.Total < Math.Min(expected ?? 0, _parts.Limit.Left(0));
            if (!isShort || isLast)
            {
                await ChooseAsync(found.Sorted(hasMore: found.IsCut || isShort), largestWindow, cancellationToken).ConfigureAwait(false);
                return true;
            }
            _parts.Signals.Verbose(SignalKind.AnswerReread, FormattableString.Invariant(
                $"the first job is run again: it has {found.Total:N0} of {expected:N0} events"));
        }
        _beginCount = CountPinned;
        if (_parts.Range.IsConfirmed && _parts.Histogram.Looked is null)
            CountPinned();
        return false;
    }

    private async Task ChooseAsync(QueryResult tail, int largestWindow, CancellationToken cancellationToken)
    {
        Answer = tail;
        _plan.Use(await _parts.Planning.ChooseAsync(tail, largestWindow, cancellationToken).ConfigureAwait(false));
        // Rows of tail() may have fewer fields than those of the pages that would follow.
        if (_plan.Is(SearchStrategy.Around))
            Answer = null;
    }

    private void Take(IReadOnlyList<Record> rows, long started) => (Sample, SampleTime) = (rows, _parts.Time.GetElapsedTime(started));

    private void CountPinned() => _parts.Proof.Begin(_parts.Range.Job, _parts.Stop);

    // An answer of a job that is not done also pins the range.
    private void Poll(QueryResult answer)
    {
        if (_parts.Range.TryPin(answer, _parts.Client.Transport.Host))
        {
            _parts.Signals.Verbose(SignalKind.RangePinned, $"range pinned to {_parts.Range.Whole}");
            if (!TrustedAnswer.Of(answer, _parts.Traits).Metadata.IsAggregate)
                _beginCount();
        }
        _parts.Tally.Poll(answer);
    }

    // The count ran in parallel to the first job or after it, so it cannot be smaller than the number of listed rows.
    private IEnumerable<string> CountBelow(long rows) =>
        _parts.Proof.ExpectedNow is { } counted && counted < rows
            ? [FormattableString.Invariant($"the server counted {counted:N0} events, but its first answer lists {rows:N0}")]
            : [];
}
