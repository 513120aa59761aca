using System.Collections.Concurrent;
using LogScalePaging.Common;
using LogScalePaging.Diagnostics;
using LogScalePaging.LogScale.Queries;

namespace LogScalePaging.LogScale.Jobs;

/// <summary>
/// Knows every job that a run has created and not yet deleted, so that none is left on the server, even after an error. Jobs are deleted
/// in the background while the next job is created.
/// </summary>
/// <param name="client">Deletes them.</param>
/// <param name="gate">Gets the place of a job back when the job is deleted.</param>
internal sealed class JobLedger(QueryJobClient client, JobGate gate) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, bool> _alive = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Task, bool> _deleting = new();
    private readonly ConcurrentDictionary<TaskCompletionSource<bool>, bool> _creating = new();
    private readonly CancellationTokenSource _giveUp = new();
    private volatile bool _isEnding;

    /// <summary>Jobs that were created and may still exist.</summary>
    public int Count => _alive.Count;

    /// <summary>Creates a job and records it.</summary>
    public async Task<string> CreateAsync(QueryJobSpec spec, CancellationToken cancellationToken)
    {
        var created = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        _creating[created] = true;
        try
        {
            // The order matters: the end either waits for this job, or is seen here.
            if (_isEnding)
                throw client.Transport.Closed(inner: null);
            var jobId = await client.CreateAsync(spec, cancellationToken).ConfigureAwait(false);
            _alive[jobId] = true;
            return jobId;
        }
        finally
        {
            _creating.TryRemove(created, out _);
            created.SetResult(true);
        }
    }

    /// <summary>
    /// Deletes all jobs, also those that are being created, because the connection is closed while the run is not at its end: a script
    /// can disconnect, or remove the module, for an event of a search. No job can be created afterwards. Never throws.
    /// </summary>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task EndAsync(CancellationToken cancellationToken)
    {
        _isEnding = true;
        var creating = Task.WhenAll(_creating.Keys.Select(created => created.Task));
        // A create request may have no answer within the time. The other jobs do not wait for it.
        await DeleteAllAsync(cancellationToken).ConfigureAwait(false);
        var ended = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        using (cancellationToken.Register(() => ended.TrySetResult(true)))
            await Task.WhenAny(creating, ended.Task).ConfigureAwait(false);
        await DeleteAllAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Starts to delete a job and returns at once.</summary>
    public void Delete(string jobId)
    {
        if (!_alive.ContainsKey(jobId))
            return;
        var task = DeleteAsync(jobId, giveUp: null);
        _deleting[task] = true;
        _ = task.ContinueWith(t => _deleting.TryRemove(t, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    /// <summary>Deletes the remaining jobs. The user's Ctrl+C does not cancel it, but its time is limited.</summary>
    public async ValueTask DisposeAsync()
    {
        var (options, governor) = (client.Transport.Options, client.Transport.Governor);
        using var limit = options.Time.CreateTimer(_ => _giveUp.TryCancel(), null, options.CleanUpTime, Timeout.InfiniteTimeSpan);
        // If the server asked for a pause that is longer than the limit, no request can be sent. The user who pressed Ctrl+C need not
        // wait for that.
        if (governor.QuietLeft > options.CleanUpTime)
            _giveUp.Cancel();
        await Task.WhenAll(_deleting.Keys).ConfigureAwait(false);
        await DeleteAllAsync(giveUp: null).ConfigureAwait(false);
        _giveUp.Dispose();
    }

    private Task DeleteAllAsync(CancellationToken? giveUp) => Task.WhenAll(_alive.Keys.Select(id => DeleteAsync(id, giveUp)));

    private async Task DeleteAsync(string jobId, CancellationToken? giveUp)
    {
        try
        {
            await client.DeleteAsync(jobId, giveUp ?? _giveUp.Token).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // an error of the clean-up must not hide the result or the error of the run
        catch (Exception e)
#pragma warning restore CA1031
        {
            client.Transport.Signals.Verbose(SignalKind.JobOrphaned, $"query job {jobId} could not be deleted ({e.Message}); it expires "
                + "90 s after its last poll");
        }
        finally
        {
            if (_alive.TryRemove(jobId, out _))
                gate.Exit(success: true);
        }
    }
}
