using System.Runtime.CompilerServices;
using System.Threading.Channels;
using LogScalePaging.Diagnostics;

namespace LogScalePaging.Tenants;

/// <summary>
/// Exports several tenants, some of them at the same time. Each tenant has its own connection with its own token, its own file and its own
/// verdict. A failed tenant does not stop the others.
/// </summary>
/// <param name="exports">The exports. Their outputs must have different paths.</param>
/// <param name="time">The clock.</param>
/// <param name="signalled">Receives the signals of all runs, with their tenant. Called on any thread.</param>
/// <param name="progress">Called for every page and every end. Called on any thread.</param>
public sealed class TenantExports(
    IReadOnlyList<TenantRun> exports, TimeProvider time, Action<string, PagingSignal>? signalled = null,
    Action<TenantProgress>? progress = null)
{
    /// <summary>
    /// How many tenants are read at the same time. Each search sends parallel requests already, and all tenants share one rate limit. So a
    /// few are enough to use the time in which a search waits for its count or its files.
    /// </summary>
    public const int AtOnce = 4;

    private readonly long _started = time.GetTimestamp();
    private readonly long[] _records = new long[exports.Count];
    private int _next = -1;
    private int _done;
    private int _failed;

    /// <summary>
    /// The time since the start after which running exports are ended cleanly, and no other begins; null for no limit. A tenant whose
    /// export did
    /// not begin has a failure that says so.
    /// </summary>
    public TimeSpan? StopAfter { get; init; }

    /// <summary>How much of <see cref="StopAfter"/> had passed before the start, because the command read its input.</summary>
    public TimeSpan UsedBefore { get; init; }

    /// <summary>
    /// Runs the exports. The result of each tenant comes when its export ends. If the reader stops early, the running exports are
    /// interrupted, and their clean-up is awaited.
    /// </summary>
    /// <param name="cancellationToken">
    /// Interrupts the running exports. Their results still come. No other export begins.
    /// </param>
    public async IAsyncEnumerable<TenantOutcome> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var ended = Channel.CreateUnbounded<TenantOutcome>(new UnboundedChannelOptions { SingleReader = true });
        var workers = Task.WhenAll(Enumerable.Range(0, Math.Min(AtOnce, exports.Count))
            .Select(_ => Task.Run(() => WorkAsync(ended.Writer, stop.Token), CancellationToken.None)));
        var closing = workers.ContinueWith(done => ended.Writer.Complete(done.Exception?.InnerException),
            CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        try
        {
            Tell();
            while (await ended.Reader.WaitToReadAsync(CancellationToken.None).ConfigureAwait(false))
            {
                while (ended.Reader.TryRead(out var outcome))
                    yield return outcome;
            }
        }
        finally
        {
            stop.Cancel();
            await closing.ConfigureAwait(false);
        }
    }

    private async Task WorkAsync(ChannelWriter<TenantOutcome> ended, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested && Interlocked.Increment(ref _next) is var i && i < exports.Count)
        {
            var outcome = await ExportAsync(i, cancellationToken).ConfigureAwait(false);
            if (outcome.Failure is not null || outcome.Interrupted)
                Interlocked.Increment(ref _failed);
            Interlocked.Increment(ref _done);
            Tell();
            await ended.WriteAsync(outcome, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private async Task<TenantOutcome> ExportAsync(int i, CancellationToken cancellationToken)
    {
        var export = exports[i];
        var signals = new SignalLog(time);
        signals.Emitted += signal => signalled?.Invoke(export.Tenant, signal);
        var outcome = new TenantOutcome(export, signals);
        try
        {
            if (string.IsNullOrWhiteSpace(export.Tenant))
                throw new ArgumentException("The name of the tenant is empty.");
            var used = UsedBefore + time.GetElapsedTime(_started);
            if (used >= StopAfter)
                throw new TimeoutException("The time limit was reached before the export of this tenant began.");
            var connection = export.Connect();
            await using var _ = connection.ConfigureAwait(false);
            // Another tenant would be exported under this name.
            if (connection.Tenant != export.Tenant)
                throw new InvalidOperationException(
                    $"The connection is for the tenant {connection.Tenant ?? "of the account"}, not for {export.Tenant}.");
            return await export.RunAsync(connection, outcome, StopAfter, used, report =>
            {
                Volatile.Write(ref _records[i], report.Search.Received);
                Tell();
            }, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (cancellationToken.IsCancellationRequested)
        {
            return outcome with { Failure = e, Interrupted = true };
        }
#pragma warning disable CA1031 // The outcome has the exception, and the other tenants go on.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return outcome with { Failure = e };
        }
    }

    private void Tell()
    {
        if (progress is null)
            return;
        long records = 0;
        for (var i = 0; i < _records.Length; i++)
            records += Volatile.Read(ref _records[i]);
        progress(new TenantProgress(Volatile.Read(ref _done), exports.Count, Volatile.Read(ref _failed), records));
    }
}
