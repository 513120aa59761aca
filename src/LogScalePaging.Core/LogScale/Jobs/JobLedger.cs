using System.Collections.Concurrent;
using LogScalePaging.Diagnostics;

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
    private readonly CancellationTokenSource _giveUp = new();

    /// <summary>Jobs that were created and may still exist.</summary>
    public int Count => _alive.Count;

    /// <summary>Records a new job.</summary>
    public void Add(string jobId) => _alive[jobId] = true;

    /// <summary>Starts to delete a job and returns at once.</summary>
    public void Delete(string jobId)
    {
        if (!_alive.ContainsKey(jobId))
            return;
        var task = DeleteAsync(jobId);
        _deleting[task] = true;
        _ = task.ContinueWith(t => _deleting.TryRemove(t, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    /// <summary>Deletes the remaining jobs. The user's Ctrl+C does not cancel it, but its time is limited.</summary>
    public async ValueTask DisposeAsync()
    {
        var (options, governor) = (client.Transport.Options, client.Transport.Governor);
        using var limit = options.Time.CreateTimer(_ => _giveUp.Cancel(), null, options.CleanUpTime, Timeout.InfiniteTimeSpan);
        // If the server asked for a pause that is longer than the limit, no request can be sent. The user who pressed Ctrl+C need not
        // wait for that.
        if (governor.QuietLeft > options.CleanUpTime)
            _giveUp.Cancel();
        await Task.WhenAll(_deleting.Keys).ConfigureAwait(false);
        await Task.WhenAll(_alive.Keys.Select(DeleteAsync)).ConfigureAwait(false);
        _giveUp.Dispose();
    }

    private async Task DeleteAsync(string jobId)
    {
        try
        {
            await client.DeleteAsync(jobId, _giveUp.Token).ConfigureAwait(false);
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
