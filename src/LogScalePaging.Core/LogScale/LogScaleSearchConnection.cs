using LogScalePaging.Common;
using LogScalePaging.Diagnostics;
using LogScalePaging.LogScale.Cql;
using LogScalePaging.LogScale.Jobs;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.LogScale.Windows;
using LogScalePaging.Search;
using LogScalePaging.Search.Progress;
using LogScalePaging.Search.Windows;
using LogScalePaging.Transport;
using LogScalePaging.Transport.Errors;

namespace LogScalePaging.LogScale;

/// <summary>A LogScale server, or a gateway in front of one, and a repository on it.</summary>
/// <param name="transport">The transport; disposed with the connection.</param>
/// <param name="repository">Default repository or view.</param>
/// <param name="gateway">The gateway; null for LogScale itself.</param>
public sealed class LogScaleSearchConnection(ApiTransport transport, string repository,
    LogScaleGateway? gateway = null) : SearchConnection(transport)
{
    private static readonly TimeSpan s_cleanUp = TimeSpan.FromSeconds(3);

    /// <summary>Default repository or view.</summary>
    public string Repository { get; } = repository;

    /// <summary>True when the server is reached through a gateway (NG-SIEM) and is not LogScale itself.</summary>
    public bool IsGateway => gateway is not null;

    /// <inheritdoc/>
    public override string? Tenant => gateway?.Tenant;

    /// <inheritdoc/>
    public override string System => gateway?.System ?? SearchSpec.SystemName;

    /// <summary>What is known about the server's result buffers.</summary>
    internal KnownBuffers Buffers { get; } = new();

    /// <summary>Checks that the server supports a strategy. Sends nothing.</summary>
    /// <exception cref="ArgumentException">The server does not support it. The message says what to choose.</exception>
    public void EnsureCan(SearchStrategy strategy)
    {
        if (strategy == SearchStrategy.Stream && gateway is not null)
            throw new ArgumentException(gateway.NoStream);
    }

    /// <summary>The calls for a run, on the default repository or another.</summary>
    public QueryJobClient Client(SignalLog signals, string? repository = null) =>
        new(Transport.With(signals), repository ?? Repository, gateway);

    /// <inheritdoc/>
    public override SearchRequest Restore(SavedSearch saved) => SearchSpec.Restore(saved);

    /// <inheritdoc/>
    public override ISearch Open(SearchRequest request, SignalLog signals, Action<SearchProgress>? progress = null) => request switch
    {
        SearchSpec { Around: not null } spec => new AroundSearch(this, spec, signals, progress),
        SearchSpec { Live: not null } spec => new LiveSearch(this, spec, signals, progress),
        SearchSpec spec => new LogScaleSearch(this, spec, signals, progress),
        _ => throw new ArgumentException($"This is a search of {request.System}, but the connection is to {System}.", nameof(request)),
    };

    /// <inheritdoc/>
    internal override ISliceSource Slices(SearchRequest request, SignalLog signals) => request is SearchSpec spec
        ? new LogScaleSlices(this, spec, signals)
        : throw new ArgumentException($"This is a search of {request.System}, but the connection is to {System}.", nameof(request));

    /// <inheritdoc/>
    public override StepTraits StepsOf(SearchRequest request)
    {
        if (request is not SearchSpec spec)
            return base.StepsOf(request);
        var traits = CqlQuery.Analyze(spec.Query);
        var why = traits.Cutting is { Allowed: false } cut ? cut.Reason
            : traits.WritesTimestamp ? "the query writes @timestamp, so its rows do not show when their events happened"
            : traits.MayDropId ? "the rows of the query can lack @id, by which repeats are recognised. Keep @id and @timestamp in the query"
            : spec.AllowEventSkipping ? "events that the server skips would never be read" : null;
        return new StepTraits(why, traits.MayWriteTimestamp);
    }

    /// <inheritdoc/>
    internal override IArrivalSource? Arrivals(SearchRequest request, SignalLog signals) =>
        request is SearchSpec spec ? new LogScaleArrivals(this, spec, signals) : null;

    // The end of a pinned range is the server's clock. The range of one second costs the server almost nothing.
    internal override async Task<DateTimeOffset> NowAsync(SearchRequest request, SignalLog signals, CancellationToken cancellationToken)
    {
        var clock = new LogScaleSearch(this,
            (SearchSpec)request with { Start = QueryTime.Parse("1s"), End = QueryTime.Now, NoVerify = true }, signals);
        await using var _ = clock.ConfigureAwait(false);
        await clock.OpenAsync(toFile: true, cancellationToken).ConfigureAwait(false);
        return DateTimeOffset.FromUnixTimeMilliseconds(clock.Identity.RangeEnd!.Value);
    }

    // Only a query job shows that the token may search the repository. Its range is the last minute, and it is deleted at once.
    internal override async Task<bool> ProbeAsync(string? repository, SignalLog signals, CancellationToken cancellationToken)
    {
        var name = repository ?? Repository;
        var spec = new QueryJobSpec("count()") { Start = QueryTime.Parse("1m"), End = QueryTime.Now };
        var id = await Client(signals, name).CreateAsync(spec, cancellationToken).ConfigureAwait(false);
        await DeleteJobsAsync([(name, id)], signals).ConfigureAwait(false);
        return true;
    }

    /// <summary>
    /// Deletes jobs that were left, for at most 3 s. It never fails: a job that could not be deleted is reported, and expires.
    /// </summary>
    /// <param name="jobs">Repository and id of each.</param>
    /// <param name="signals">The log that receives signals.</param>
    /// <returns>How many no longer exist.</returns>
    public async Task<int> DeleteJobsAsync(IEnumerable<(string Repository, string Id)> jobs, SignalLog signals)
    {
        using var giveUp = new CancellationTokenSource();
        using var limit = Transport.Time.CreateTimer(_ => giveUp.TryCancel(), null, s_cleanUp, Timeout.InfiniteTimeSpan);
        return (await Task.WhenAll(jobs.Select(job => DeleteAsync(job.Repository, job.Id))).ConfigureAwait(false)).Count(gone => gone);

        async Task<bool> DeleteAsync(string name, string id)
        {
            try
            {
                await Client(signals, name).DeleteAsync(id, giveUp.Token).ConfigureAwait(false);
                return true;
            }
            catch (Exception e) when (e is ApiException or OperationCanceledException)
            {
                signals.Verbose(SignalKind.JobOrphaned, $"query job {id} could not be deleted "
                    + $"({(e is ApiException ? e.Message : "the server did not answer in time")}); it expires on the server");
                return false;
            }
        }
    }
}
