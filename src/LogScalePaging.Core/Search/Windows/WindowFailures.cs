using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using LogScalePaging.Diagnostics;
using LogScalePaging.Paging;

namespace LogScalePaging.Search.Windows;

/// <summary>
/// The windows of a walk that could not be read. The others are still fetched, unless every other window would fail in the same way.
/// </summary>
internal sealed class WindowFailures : IDisposable
{
    private const int FailuresBeforeGivingUp = 8;

    private readonly ConcurrentQueue<(TimeWindow Window, Exception Why)> _failed = new();
    private readonly SignalLog _signals;
    private readonly CancellationTokenSource _abort;
    private int _inARow;

    /// <param name="signals">The log that receives signals.</param>
    /// <param name="cancellationToken">Cancelled when the user ends the walk.</param>
    public WindowFailures(SignalLog signals, CancellationToken cancellationToken)
    {
        _signals = signals;
        _abort = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    }

    /// <summary>Fetches a window and records its failure.</summary>
    public async Task GuardAsync(TimeWindow window, Func<CancellationToken, Task> fetch)
    {
        try
        {
            await fetch(_abort.Token).ConfigureAwait(false);
            Interlocked.Exchange(ref _inARow, 0);
        }
        // A cancellation that comes from neither the user nor this walk is a failure like any other. A window must never be skipped
        // silently.
        catch (Exception e) when (e is not OperationCanceledException || !_abort.IsCancellationRequested)
        {
            _failed.Enqueue((window, e));
            _signals.Verbose(SignalKind.WindowFailed, $"the window {window} could not be read: {e.Message}");
            if (IsHopeless(e) || Interlocked.Increment(ref _inARow) >= FailuresBeforeGivingUp)
                _abort.Cancel();
        }
        catch (OperationCanceledException)
        {
            // The user cancelled, which the caller sees, or this walk did. In that case the cause is among the failures.
        }
    }

    /// <summary>Reports the failures.</summary>
    /// <param name="windows">Number of windows.</param>
    /// <exception cref="PagingException">There are some. The message names the newest window.</exception>
    public void ThrowIfAny(int windows)
    {
        if (_failed.IsEmpty)
            return;
        var first = _failed.OrderByDescending(f => f.Window.End).First();
        if (first.Why is ISinkFailure)
            ExceptionDispatchInfo.Capture(first.Why).Throw();
        throw new PagingException(
            PagingErrorKind.RequestFailed,
            FormattableString.Invariant(
                $"{_failed.Count} of {windows} windows could not be read. The newest of them is {first.Window}: {first.Why.Message}"),
            first.Why is PagingException { InnerException: { } cause } ? cause : first.Why);
    }

    /// <inheritdoc/>
    public void Dispose() => _abort.Dispose();

    private static bool IsHopeless(Exception e) =>
        e is ISinkFailure or IRequestFailure { IsHopeless: true }
            or PagingException { InnerException: IRequestFailure { IsHopeless: true } };
}
