using LogScalePaging.LogScale.Jobs;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Paging;
using LogScalePaging.Paging.Positions;
using LogScalePaging.Records;

namespace LogScalePaging.LogScale.Strategies;

/// <summary>An existing job that belongs to the caller. It is read here, and never deleted.</summary>
/// <param name="client">The repository, with the signals of the run.</param>
/// <param name="jobId">The job.</param>
/// <param name="isLive">True for a job that is never done. Its current result is used.</param>
/// <param name="jobTimeout">
/// Longest time without progress of the job; null for <see cref="SearchSpec.DefaultJobTimeout"/>, an infinite time for no limit.
/// </param>
internal sealed class OpenJob(QueryJobClient client, string jobId, bool isLive = false,
    TimeSpan? jobTimeout = null) : IPageSource<PollOptions, QueryResult>
{
    // Only the metadata is needed. One row is requested, because an answer without rows would look like a lost result.
    private static readonly PollOptions s_oneRow = new() { Limit = 1 };

    /// <summary>The job.</summary>
    public string JobId { get; } = jobId;

    /// <summary>The current state of the job on the server. This also keeps it alive.</summary>
    /// <exception cref="JobLostException">The server does not know the job.</exception>
    public Task<QueryResult> StatusAsync(CancellationToken cancellationToken) => client.HeartbeatAsync(JobId, cancellationToken);

    /// <summary>Waits until the job is done, polling as the server asks. The current result of a live job is used.</summary>
    /// <returns>The last answer, with at most one event.</returns>
    /// <exception cref="JobLostException">It expired, was cancelled, or made no progress for too long.</exception>
    public Task<QueryResult> WaitAsync(Action<QueryResult>? progress, CancellationToken cancellationToken) =>
        ReadAsync(s_oneRow, progress, cancellationToken);

    /// <summary>
    /// The rows of its result buffer, and never those past it. Ends with <see cref="EndReason.BufferEnd"/> if there are more.
    /// </summary>
    /// <param name="strategy">The rows and the page size.</param>
    /// <param name="limit">Maximum number of rows; null for all.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public IAsyncEnumerable<Page<Record>> PagesAsync(BufferStrategy strategy, long? limit, CancellationToken cancellationToken)
    {
        var transport = client.Transport;
        var options = new PagerOptions
        {
            Identity = new WalkIdentity("LogScale", transport.Host, client.Repository, $"job {JobId}"),
            Signals = transport.Signals,
            Time = transport.Time,
            Limit = limit,
        };
        return new Pager<PollOptions, QueryResult, Record>(strategy, this, options).PagesAsync(null, cancellationToken);
    }

    /// <summary>Keeps the job alive until the returned object is disposed.</summary>
    public JobHeartbeat KeepAlive() => new(client, JobId);

    /// <inheritdoc/>
    Task<QueryResult> IPageSource<PollOptions, QueryResult>.FetchAsync(PollOptions request, CancellationToken cancellationToken) =>
        ReadAsync(request, null, cancellationToken);

    private async Task<QueryResult> ReadAsync(PollOptions options, Action<QueryResult>? progress, CancellationToken cancellationToken)
    {
        if (isLive)
            return await client.PollAsync(JobId, options, cancellationToken).ConfigureAwait(false);
        var runner = new QueryJobRunner(client, new JobGate(1), jobTimeout);
        await using var _ = runner.ConfigureAwait(false);
        // Each read has its own pace. The job has run already, so its time says nothing about the next read.
        return await runner.ReadAsync(JobId, options, new JobPace(), progress, cancellationToken).ConfigureAwait(false);
    }
}
