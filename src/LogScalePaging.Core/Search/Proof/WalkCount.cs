using LogScalePaging.Common;
using LogScalePaging.Diagnostics;

namespace LogScalePaging.Search.Proof;

/// <summary>
/// The counts of a walk: before it, after it, and of parts of its range. A count that fails is null, because the records are useful without
/// it. A server that cannot count states totals on its pages: the first total is then the count before the walk, the last one that after
/// it.
/// </summary>
/// <param name="count">Counts all records; null if the server cannot do that.</param>
/// <param name="isWanted">False if the user wants no count.</param>
/// <param name="signals">The log that receives signals.</param>
internal sealed class WalkCount(Func<CancellationToken, Task<long>>? count, bool isWanted, SignalLog signals)
{
    private Task<long?> _before = Task.FromResult<long?>(null);
    private long? _lastTotal;
    private string? _failure;
    private bool _isBegun;

    /// <summary>The count before the walk; null if it is not known, or not known yet.</summary>
    public long? Before => _before.Status == TaskStatus.RanToCompletion ? _before.GetAwaiter().GetResult() : null;

    /// <summary>The running count before the walk; null if the server cannot count, or none is wanted. It never fails.</summary>
    public Task<long?>? Running => count is null || !isWanted ? null : _before;

    /// <summary>Why there is no count; null if it is not known, or if there is one.</summary>
    public string? WhyNone => isWanted ? _failure : "no count was requested";

    /// <summary>Uses the count of an earlier run. The records of that run are compared with it; a new count may be larger.</summary>
    public void TakeOver(long? expected) => (_before, _isBegun) = (Task.FromResult(expected), expected is not null);

    /// <summary>Begins the count before the walk, once.</summary>
    public void Begin(CancellationToken stop)
    {
        if (_isBegun)
            return;
        _isBegun = true;
        if (count is not null && isWanted)
            _before = Task.Run(() => TryAsync(count, stop), CancellationToken.None);
    }

    /// <summary>Notes the total of a page, for a server that cannot count.</summary>
    public void See(long? total)
    {
        if (count is not null || total is null || !isWanted)
            return;
        if (Before is null)
            _before = Task.FromResult(total);
        _lastTotal = total;
    }

    /// <summary>Waits for the count before the walk. It never fails.</summary>
    public Task<long?> BeforeAsync(TimeProvider time, CancellationToken cancellationToken) =>
        _before.WaitAsync(Timeout.InfiniteTimeSpan, time, cancellationToken);

    /// <summary>Counts all records now; null without a count.</summary>
    public Task<long?> NowAsync(CancellationToken cancellationToken) =>
        !isWanted ? Task.FromResult<long?>(null) : count is not null ? TryAsync(count, cancellationToken) : Task.FromResult(_lastTotal);

    /// <summary>Counts a part of the records; null without a count.</summary>
    public Task<long?> OfAsync(Func<CancellationToken, Task<long>> part, CancellationToken cancellationToken) =>
        isWanted ? TryAsync(part, cancellationToken) : Task.FromResult<long?>(null);

    /// <summary>Waits until the count before the walk has ended.</summary>
    public Task SettleAsync() => _before;

    private async Task<long?> TryAsync(Func<CancellationToken, Task<long>> counting, CancellationToken cancellationToken)
    {
        try
        {
            return await counting(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
#pragma warning disable CA1031 // the reason goes into the verdict
        catch (Exception e)
#pragma warning restore CA1031
        {
            _failure = $"the count failed: {signals.Clean(Printable.Line(e.Message)).TrimEnd('.')}";
            signals.Verbose(SignalKind.CountFailed, _failure);
            return null;
        }
    }
}
