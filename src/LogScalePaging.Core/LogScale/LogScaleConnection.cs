using LogScalePaging.Diagnostics;
using LogScalePaging.Falcon.SignIn;
using LogScalePaging.LogScale.Jobs;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.LogScale.Windows;
using LogScalePaging.Search;
using LogScalePaging.Transport;
using LogScalePaging.Transport.Errors;

namespace LogScalePaging.LogScale;

/// <summary>A LogScale server, or the gateway of Falcon in front of one, and a repository on it.</summary>
/// <param name="transport">The transport; disposed with the connection.</param>
/// <param name="repository">Default repository or view.</param>
public sealed class LogScaleConnection(ApiTransport transport, string repository) : SearchConnection(transport)
{
    private static readonly TimeSpan s_cleanUp = TimeSpan.FromSeconds(3);

    /// <summary>Default repository or view.</summary>
    public string Repository { get; } = repository;

    /// <summary>True when the server is Falcon's gateway (NG-SIEM) and not LogScale itself.</summary>
    public bool IsGateway => Falcon is not null;

    /// <summary>Who signs in at the gateway, and where; null for LogScale itself.</summary>
    public FalconTokenSource? Falcon => Transport.Options.Tokens as FalconTokenSource;

    /// <inheritdoc/>
    public override string? Tenant => Falcon?.MemberCid;

    /// <inheritdoc/>
    public override string System => IsGateway ? "NG-SIEM" : "LogScale";

    /// <summary>What the server's result buffers were found to be.</summary>
    internal KnownBuffers Buffers { get; } = new();

    /// <summary>What stands before <c>api/v1</c>: empty, or with a slash at its end.</summary>
    internal string PathPrefix => IsGateway ? "humio/" : "";

    /// <summary>Makes sure that a strategy can be used here. Sends nothing.</summary>
    /// <exception cref="ArgumentException">The server lacks what it needs; the message says what to choose.</exception>
    public void EnsureCan(SearchStrategy strategy)
    {
        if (strategy == SearchStrategy.Stream && IsGateway)
            throw new ArgumentException("The Falcon gateway does not support the strategy Stream. Use Auto or Window.");
    }

    /// <summary>The calls for a run, on the default repository or another.</summary>
    public QueryJobClient Client(SignalLog signals, string? repository = null) => new(Transport.With(signals), repository ?? Repository, PathPrefix);

    /// <inheritdoc/>
    public override SearchRequest Restore(SavedSearch saved) => SearchSpec.Restore(saved);

    /// <inheritdoc/>
    public override ISearch Open(SearchRequest request, SignalLog signals, Action<SearchProgress>? progress = null) => request is SearchSpec spec
        ? new LogScaleSearch(this, spec, signals, progress)
        : throw new ArgumentException($"This is a search of {request.System}, but the connection is to {System}.", nameof(request));

    /// <inheritdoc/>
    public override async Task FindHomeAsync(SignalLog signals, CancellationToken cancellationToken)
    {
        if (Transport.Options.Tokens is FalconTokenSource tokens)
            await tokens.GetAsync(signals, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Deletes jobs that somebody made and left, for at most 3 s. Never fails: what could not be deleted is told, and dies by itself.</summary>
    /// <param name="jobs">Repository and id of each.</param>
    /// <param name="signals">Where signals go.</param>
    /// <returns>How many are gone.</returns>
    public async Task<int> DeleteJobsAsync(IEnumerable<(string Repository, string Id)> jobs, SignalLog signals)
    {
        using var giveUp = new CancellationTokenSource();
        using var limit = Transport.Time.CreateTimer(_ => giveUp.Cancel(), null, s_cleanUp, Timeout.InfiniteTimeSpan);
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

    /// <inheritdoc/>
    public override async Task<bool> DisconnectAsync()
    {
        var revoked = Transport.Options.Tokens is FalconTokenSource tokens && await tokens.EndAsync().ConfigureAwait(false);
        await base.DisconnectAsync().ConfigureAwait(false);
        return revoked;
    }
}
