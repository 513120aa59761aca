using System.Management.Automation;
using LogScalePaging.Common;
using LogScalePaging.LogScale.Jobs;
using LogScalePaging.LogScale.Strategies;

namespace LogScalePaging.Commands;

/// <summary><c>Wait-QueryJob</c>: waits until jobs are done.</summary>
[Cmdlet(VerbsLifecycle.Wait, "QueryJob", HelpUri = HelpPages.Folder + "Wait-QueryJob.md")]
[OutputType(typeof(QueryJobStatus))]
public sealed class WaitQueryJobCommand : JobCommandBase
{
    private readonly List<(QueryJob Job, QueryJobClient Client, Task<QueryResult> Done)> _waiting = [];
    private CancellationTokenSource? _limit;
    private ITimer? _timer;

    /// <summary>Maximum wait in seconds, counted from the first job.</summary>
    [Parameter]
    [ValidateRange(1, 86_400)]
    public int TimeoutSec { get; set; }

    // All jobs are polled at the same time. Otherwise the last one would expire before it is polled.
    private protected override void OnJob(QueryJob job, QueryJobClient client)
    {
        if (job.IsLive)
            throw new ArgumentException($"The job {job.Id} is live, so it is never done. Read its current result with Get-QueryJobPage.");
        _limit ??= CreateLimit(client.Transport.Time);
        _waiting.Add((job, client, Open(job, client).WaitAsync(answer => Note(job, answer), _limit.Token)));
    }

    private protected override void OnEnd()
    {
        foreach (var (job, client, done) in _waiting)
        {
            try
            {
                var status = Run(_ => done);
                Voice.Finish();
                WriteObject(new QueryJobStatus(job, client.Repository, status));
            }
            catch (OperationCanceledException) when (!Stopping)
            {
                var timeout = FormattableString.Invariant($"The query job {job.Id} was not done within {TimeoutSec} s.");
                WriteFailure(new TimeoutException($"{timeout} It continues on the server. Wait again, or stop it with Stop-QueryJob."),
                    job);
            }
            catch (Exception e)
            {
                WriteFailure(e, job);
            }
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (!disposing || _limit is null)
            return;
        _timer?.Dispose();
        _limit.Cancel();
        // The exceptions of tasks that a stop left behind are observed here.
        foreach (var (_, _, done) in _waiting)
            _ = done.ContinueWith(t => _ = t.Exception, TaskScheduler.Default);
        _limit.Dispose();
    }

    // A given timeout replaces the limit of a job without progress.
    private OpenJob Open(QueryJob job, QueryJobClient client) =>
        new(client, job.Id, jobTimeout: TimeoutSec > 0 ? Timeout.InfiniteTimeSpan : null);

    private CancellationTokenSource CreateLimit(TimeProvider time)
    {
        var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        if (TimeoutSec > 0)
            _timer = time.CreateTimer(_ => limit.TryCancel(), null, TimeSpan.FromSeconds(TimeoutSec), Timeout.InfiniteTimeSpan);
        return limit;
    }

    private void Note(QueryJob job, QueryResult answer) =>
        Voice.Note(ProgressText.Of("Waiting for query jobs", $"{job.Query ?? job.Id}", answer.Done ? 1 : answer.Metadata.Progress));
}
