using System.Collections.Concurrent;
using LogScalePaging.Diagnostics;

namespace LogScalePaging.LogScale.Jobs;

/// <summary>
/// Knows every job that a run has made and not yet deleted, so that none is left on the server however the run ends.
/// Deletes go on in the background while the next job is being made.
/// </summary>
/// <param name="client">Deletes them.</param>
/// <param name="gate">Where a job's place is given back once it is gone.</param>
public sealed class JobLedger(QueryJobClient client, JobGate gate) : IAsyncDisposable
{
    /// <summary>How long the clean-up at the end may take in all. What is not deleted by then dies by itself after 90 s.</summary>
    public static readonly TimeSpan CleanUpTime = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, bool> _alive = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Task, bool> _deleting = new();
    private readonly CancellationTokenSource _giveUp = new();

    /// <summary>Jobs made and not yet known to be gone.</summary>
    public int Count => _alive.Count;

    /// <summary>Notes a job that was just made.</summary>
    public void Add(string jobId) => _alive[jobId] = true;

    /// <summary>Starts to delete a job and returns at once.</summary>
    public void Delete(string jobId)
    {
        if (!_alive.ContainsKey(jobId))
            return;
        var task = DeleteAsync(jobId);
        _deleting[task] = true;
        _ = task.ContinueWith(t => _deleting.TryRemove(t, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <summary>Deletes what is left. Not cancelled by the user's Ctrl+C, but bounded in time.</summary>
    public async ValueTask DisposeAsync()
    {
        using var limit = client.Transport.Time.CreateTimer(_ => _giveUp.Cancel(), null, CleanUpTime, Timeout.InfiniteTimeSpan);
        // Asked to be quiet for longer than this may take, nothing gets through: who pressed Ctrl+C need not wait for that.
        if (client.Transport.Governor.QuietLeft > CleanUpTime)
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
#pragma warning disable CA1031 // clean-up must never hide the result, or the error, that it follows
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
