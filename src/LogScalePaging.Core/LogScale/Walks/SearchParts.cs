using LogScalePaging.Diagnostics;
using LogScalePaging.LogScale.Counting;
using LogScalePaging.LogScale.Cql;
using LogScalePaging.LogScale.Jobs;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.LogScale.Windows;
using LogScalePaging.Paging;
using LogScalePaging.Paging.Positions;
using LogScalePaging.Search.Progress;

namespace LogScalePaging.LogScale.Walks;

/// <summary>
/// What the steps of one search share: its jobs, its range and count, its results so far. Disposing it deletes the remaining jobs.
/// </summary>
internal sealed class SearchParts : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();

    /// <param name="client">The repository.</param>
    /// <param name="buffers">What is known about the server's result buffers.</param>
    /// <param name="isDirect">False if a gateway is in front of the server.</param>
    /// <param name="tenant">The tenant, for checkpoints; null for none.</param>
    /// <param name="spec">The search.</param>
    /// <param name="signals">The log that receives signals.</param>
    /// <param name="progress">Receives every page and every poll.</param>
    public SearchParts(QueryJobClient client, KnownBuffers buffers, bool isDirect, string? tenant, SearchSpec spec, SignalLog signals,
        Action<SearchProgress>? progress)
    {
        (Client, Buffers, Spec, Signals) = (client, buffers, spec, signals);
        var gate = new JobGate(spec.Parallel);
        Runner = new QueryJobRunner(client, gate, spec.JobTimeout);
        Traits = CqlQuery.Analyze(spec.Query);
        var asked = new WalkIdentity(SearchSpec.SystemName, client.Transport.Host, client.Repository, spec.Query, spec.Start.Milliseconds,
            spec.End.Milliseconds)
        {
            Arguments = spec.Arguments,
            Tenant = tenant,
        };
        Range = new PinnedRange(spec, asked, Traits.WritesTimestamp);
        Proof = new RangeProof(new EventCounter(Runner, signals, Evidence.Note), Range, spec, signals, Time);
        Tally = new SearchTally(Range, Proof, gate, signals, progress);
        Histogram = new RangeHistogram(Runner, Range, Proof, spec, signals);
        Planning = new StrategyPlanning(buffers, isDirect, Runner, Range, Proof, Histogram, spec, Traits, signals);
    }

    /// <summary>The search.</summary>
    public SearchSpec Spec { get; }

    /// <summary>What the query does, as far as its text shows it.</summary>
    public QueryTraits Traits { get; }

    /// <summary>The limit of events.</summary>
    public RecordLimit Limit => new(Spec.MaxEvents);

    /// <summary>The repository.</summary>
    public QueryJobClient Client { get; }

    /// <summary>Runs jobs, and deletes those that are left.</summary>
    public QueryJobRunner Runner { get; }

    /// <summary>What is known about the server's result buffers.</summary>
    public KnownBuffers Buffers { get; }

    /// <summary>The range.</summary>
    public PinnedRange Range { get; }

    /// <summary>Its count.</summary>
    public RangeProof Proof { get; }

    /// <summary>Its histogram.</summary>
    public RangeHistogram Histogram { get; }

    /// <summary>Chooses strategies.</summary>
    public StrategyPlanning Planning { get; }

    /// <summary>The results so far.</summary>
    public SearchTally Tally { get; }

    /// <summary>Answers that contradict themselves or each other.</summary>
    public SearchEvidence Evidence { get; } = new();

    /// <summary>How long a job over the whole range takes.</summary>
    public JobPace Pace { get; } = new();

    /// <summary>The log that receives signals.</summary>
    public SignalLog Signals { get; }

    /// <summary>The clock.</summary>
    public TimeProvider Time => Client.Transport.Time;

    /// <summary>Cancelled when the search is disposed.</summary>
    public CancellationToken Stop => _stop.Token;

    /// <summary>The options of every walk.</summary>
    public PagerOptions Options => new() { Identity = Range.Identity, Signals = Signals, Time = Time, MostUncounted = Spec.MostUncounted };

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _stop.Cancel();
        await Proof.SettleAsync().ConfigureAwait(false);
        await Runner.DisposeAsync().ConfigureAwait(false);
        _stop.Dispose();
    }
}
