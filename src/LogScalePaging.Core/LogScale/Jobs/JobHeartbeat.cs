using LogScalePaging.Diagnostics;

namespace LogScalePaging.LogScale.Jobs;

/// <summary>
/// Keeps a job alive while its result is read slowly: a static job expires 90 s after its last poll (on some versions 60 or 30).
/// Disposing it ends the heartbeat and does not delete the job.
/// </summary>
internal sealed class JobHeartbeat : IAsyncDisposable
{
    /// <summary>Time between two heartbeats: short enough for the shortest lifetime of a job on any version.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    private readonly QueryJobClient _client;
    private readonly string _jobId;
    private readonly CancellationTokenSource _stop = new();
    private readonly ITimer _timer;
    private readonly object _gate = new();
    private Task _beat = Task.CompletedTask;

    /// <summary>Starts the heartbeat.</summary>
    public JobHeartbeat(QueryJobClient client, string jobId)
    {
        _client = client;
        _jobId = jobId;
        _timer = client.Transport.Time.CreateTimer(_ => Beat(), null, Interval, Interval);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync().ConfigureAwait(false);
        Task last;
        lock (_gate)
        {
            _stop.Cancel();
            last = _beat;
        }
        await last.ConfigureAwait(false);
        _stop.Dispose();
    }

    private void Beat()
    {
        lock (_gate)
        {
            // If one heartbeat is slow or is being retried, no second one is needed.
            if (_beat.IsCompleted && !_stop.IsCancellationRequested)
                _beat = BeatAsync();
        }
    }

    private async Task BeatAsync()
    {
        try
        {
            await _client.HeartbeatAsync(_jobId, _stop.Token).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // the reader of the job gets the error
        catch (Exception e)
#pragma warning restore CA1031
        {
            if (e is not OperationCanceledException)
                _client.Transport.Signals.Verbose(SignalKind.HeartbeatFailed, $"the heartbeat of query job {_jobId} failed: {e.Message}");
        }
    }
}
