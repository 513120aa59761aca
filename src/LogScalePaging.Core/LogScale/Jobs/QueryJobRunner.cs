using System.Runtime.ExceptionServices;
using LogScalePaging.Common;
using LogScalePaging.Diagnostics;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Transport;
using LogScalePaging.Transport.Errors;
using Polly;

namespace LogScalePaging.LogScale.Jobs;

/// <summary>
/// Runs jobs to their result: creates, polls, reads and deletes them, and creates a job again if it is lost. All jobs of a run go through
/// one runner. Disposing it deletes all of them.
/// </summary>
internal sealed class QueryJobRunner : IAsyncDisposable
{
    private static readonly TimeSpan s_shortestWait = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan s_defaultWait = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_longestWait = TimeSpan.FromSeconds(30);

    private const int MostCancelled = 2;

    private readonly QueryJobClient _client;
    private readonly JobGate _gate;
    private readonly Lazy<ResiliencePipeline> _recovery;
    private readonly TimeProvider _time;
    private readonly TimeSpan _jobTimeout;
    private readonly IDisposable _closing;

    /// <summary>Creates a runner for one run.</summary>
    /// <param name="client">The repository, with the signals of the run.</param>
    /// <param name="gate">Limits the number of jobs on the server.</param>
    /// <param name="jobTimeout">
    /// Longest time without progress of a job; null for <see cref="SearchSpec.DefaultJobTimeout"/>, an infinite time for no limit.
    /// </param>
    public QueryJobRunner(QueryJobClient client, JobGate gate, TimeSpan? jobTimeout = null)
    {
        _client = client;
        _gate = gate;
        _jobTimeout = jobTimeout ?? SearchSpec.DefaultJobTimeout;
        _time = client.Transport.Time;
        Ledger = new JobLedger(client, gate);
        _closing = client.Transport.BeforeClose(Ledger.EndAsync);
        client.Transport.Signals.Emitted += SlowDown;
        // Few runs lose a job.
        _recovery = new Lazy<ResiliencePipeline>(() => RetryPolicy.Create(
            "query job",
            Math.Max(1, client.Transport.Options.MaxRetryCount),
            _time,
            (e, _) => new ValueTask<bool>(MayRecreate(e)),
            _ => null,
            (e, attempt, wait) => client.Transport.Signals.Verbose(SignalKind.JobRecreated, $"{e.Message} It is created again at the same "
                + $"position (attempt {attempt}, in {wait.TotalSeconds:0.0} s)")));
    }

    /// <summary>The jobs of the run that are on the server.</summary>
    public JobLedger Ledger { get; }

    /// <summary>Runs a job, reads its whole result, and deletes it in the background.</summary>
    /// <param name="spec">Gives the create request, again for each attempt, so that a range that was pinned meanwhile is used.</param>
    /// <param name="pace">How long such jobs take.</param>
    /// <param name="progress">Receives every poll answer, including the last one.</param>
    /// <param name="cancellationToken">Ends the waits and the requests. The job is deleted in any case.</param>
    /// <exception cref="JobLostException">The job was lost in every attempt.</exception>
    /// <exception cref="ApiException">A request failed in every attempt.</exception>
    public Task<QueryResult> RunAsync(Func<QueryJobSpec> spec, JobPace pace, Action<QueryResult>? progress,
        CancellationToken cancellationToken) =>
        RunAsync(spec, new PollOptions(), pace, progress, cancellationToken);

    /// <summary>The same with a slice of the result.</summary>
    public Task<QueryResult> RunAsync(Func<QueryJobSpec> spec, PollOptions options, JobPace pace, Action<QueryResult>? progress,
        CancellationToken cancellationToken) =>
        WithJobAsync(
            spec,
            async (jobId, token) =>
            {
                var asked = spec();
                var answer = await ReadAsync(jobId, options, pace, progress, token).ConfigureAwait(false);
                // A relative range is compared when it is pinned.
                return asked is { Start.Milliseconds: not null, End.Milliseconds: not null }
                    && RangeCheck.Mismatch(asked, answer) is { } mismatch
                    ? throw new JobLostException(jobId, $"cannot be used: {mismatch}")
                    : answer;
            },
            cancellationToken);

    /// <summary>
    /// Creates a job, uses it, and deletes it in the background. If the job is lost, this starts again from the beginning.
    /// </summary>
    public Task<T> WithJobAsync<T>(Func<QueryJobSpec> spec, Func<string, CancellationToken, Task<T>> use,
        CancellationToken cancellationToken) =>
        WithJobAsync(spec, use, null, null, cancellationToken);

    /// <summary>The same with a job that may exist already, or that may be needed afterwards.</summary>
    /// <param name="spec">Gives the create request.</param>
    /// <param name="use">Uses the job.</param>
    /// <param name="existing">A job of this runner to use first; null to create one.</param>
    /// <param name="keep">Whether the job is still needed after its use. It is then deleted with the runner, or by its next use.</param>
    /// <param name="cancellationToken">Ends it.</param>
    internal async Task<T> WithJobAsync<T>(
        Func<QueryJobSpec> spec, Func<string, CancellationToken, Task<T>> use, string? existing, Predicate<T>? keep,
        CancellationToken cancellationToken)
    {
        var cancelled = 0;
        ExceptionDispatchInfo? lost;
        try
        {
            return await AttemptAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (JobLostException e) when (MayRecreate(e))
        {
            lost = ExceptionDispatchInfo.Capture(e);
        }
        // The first attempt of the policy is the one that failed.
        return await _recovery.Value.ExecuteAsync(
            async token =>
            {
                Interlocked.Exchange(ref lost, null)?.Throw();
                return await AttemptAsync(token).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);

        async Task<T> AttemptAsync(CancellationToken token)
        {
            var jobId = Interlocked.Exchange(ref existing, null) ?? await CreateAsync(spec(), token).ConfigureAwait(false);
            var isKept = false;
            try
            {
                var used = await use(jobId, token).ConfigureAwait(false);
                isKept = keep?.Invoke(used) == true;
                return used;
            }
            // Once may be a mistake. Twice means that an administrator or a limit of the server stops it.
            catch (JobLostException e) when (e.WasCancelled && ++cancelled >= MostCancelled)
            {
                throw new JobLostException(jobId, "was cancelled on the server, like the job before it. An administrator or a limit "
                    + "of the server stops this query. Ask the administrator before you run it "
                    + "again", e)
                { WasCancelled = true, IsFinal = true };
            }
            finally
            {
                if (!isKept)
                    Ledger.Delete(jobId);
            }
        }
    }

    /// <summary>Creates a job that this runner deletes, at the latest when it is disposed.</summary>
    public async Task<string> CreateAsync(QueryJobSpec spec, CancellationToken cancellationToken)
    {
        await _gate.EnterAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await Ledger.CreateAsync(spec, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            _gate.Exit(success: false);
            throw;
        }
    }

    /// <summary>Polls a job until it is done and returns that answer.</summary>
    /// <exception cref="JobLostException">
    /// The job expired, was cancelled, made no progress for too long, or has an empty page although there is more.
    /// </exception>
    public async Task<QueryResult> ReadAsync(string jobId, PollOptions options, JobPace pace, Action<QueryResult>? progress,
        CancellationToken cancellationToken)
    {
        var created = _time.GetTimestamp();
        var firstWait = pace.FirstWait;
        var wait = firstWait;
        var polls = 0;
        var progressLimit = new JobProgressLimit(jobId, _jobTimeout, _time);
        while (true)
        {
            if (wait > TimeSpan.Zero)
                await _time.Wait(wait, cancellationToken).ConfigureAwait(false);
            var asked = _time.GetTimestamp();
            var result = await PollAsync(jobId, options, cancellationToken).ConfigureAwait(false);
            polls++;
            progress?.Invoke(result);
            // pollAfter stays large after the job is done. Don't wait for it then.
            if (result.Done)
            {
                if (polls == 1)
                    pace.DoneAtOnce(wait, result.Metadata.Runtime, _time.GetElapsedTime(asked));
                else
                    pace.DoneLater(firstWait, result.Metadata.Runtime, _time.GetElapsedTime(created));
                return EnsureWhole(result, options);
            }
            wait = Clamp(progressLimit.Shorten(result, result.Metadata.PollAfter ?? s_defaultWait));
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _client.Transport.Signals.Emitted -= SlowDown;
        await Ledger.DisposeAsync().ConfigureAwait(false);
        _closing.Dispose();
    }

    private static bool MayRecreate(Exception e) => e is JobLostException { IsFinal: false };

    private void SlowDown(PagingSignal signal)
    {
        if (signal.Kind == SignalKind.RateLimited)
            _gate.Fall();
    }

    /// <summary>Polls a job that is done for another slice of its result.</summary>
    /// <exception cref="JobLostException">The job expired or was cancelled.</exception>
    public async Task<QueryResult> PollAsync(string jobId, PollOptions options, CancellationToken cancellationToken)
    {
        try
        {
            return await _client.PollAsync(jobId, options, cancellationToken).ConfigureAwait(false);
        }
        catch (JobLostException e)
        {
            // It stays in the ledger and is deleted: the 404 may come from another node, and deleting a job that no longer exists costs
            // only one request.
            _client.Transport.Signals.Verbose(SignalKind.JobExpired, e.Message);
            throw;
        }
    }

    private QueryResult EnsureWhole(QueryResult result, PollOptions options)
    {
        if (result.Events.Count > 0 || result.Metadata.HasMoreEvents != true || (options.Offset ?? 0) != 0)
            return result;
        const string What = "has no events in its answer, although it says that there are more";
        _client.Transport.Signals.Verbose(SignalKind.ContinuationMissing, $"query job {result.JobId} {What}");
        throw new JobLostException(result.JobId, What);
    }

    private static TimeSpan Clamp(TimeSpan wait) => wait < s_shortestWait ? s_shortestWait : wait > s_longestWait ? s_longestWait : wait;
}
