using LogScalePaging.Diagnostics;
using LogScalePaging.LogScale.Counting;
using LogScalePaging.LogScale.Cql;
using LogScalePaging.LogScale.Events;
using LogScalePaging.LogScale.Jobs;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.LogScale.Windows;
using LogScalePaging.Paging;
using LogScalePaging.Paging.Positions;
using LogScalePaging.Records;
using LogScalePaging.Search.Windows;

namespace LogScalePaging.LogScale;

/// <summary>Pins, counts and measures a range of LogScale for slices.</summary>
internal sealed class LogScaleSlices : ISliceSource
{
    private readonly LogScaleSearchConnection _connection;
    private readonly QueryJobRunner _runner;
    private readonly PinnedRange _range;
    private readonly JobPace _pace = new();
    private readonly SignalLog _signals;

    /// <param name="connection">The connection.</param>
    /// <param name="spec">The search.</param>
    /// <param name="signals">The log that receives signals.</param>
    /// <exception cref="ArgumentException">The query cannot be cut. The message says why.</exception>
    public LogScaleSlices(LogScaleSearchConnection connection, SearchSpec spec, SignalLog signals)
    {
        EnsureCuttable(spec, CqlQuery.Analyze(spec.Query));
        (_connection, _signals) = (connection, signals);
        var client = connection.Client(signals, spec.Repository);
        _runner = new QueryJobRunner(client, new JobGate(spec.Parallel), spec.JobTimeout);
        var asked = new WalkIdentity(
            SearchSpec.SystemName, connection.Transport.Host, client.Repository, spec.Query, spec.Start.Milliseconds, spec.End.Milliseconds)
        {
            Arguments = spec.Arguments,
            Tenant = connection.Tenant,
        };
        _range = new PinnedRange(spec, asked, asSent: false);
    }

    /// <inheritdoc/>
    public WalkIdentity Identity => _range.Identity;

    /// <inheritdoc/>
    public RecordSchema Schema => LogScaleEvents.Schema;

    /// <inheritdoc/>
    public long Grain => 1;

    private Histogram Histogram => new(_runner, _range.Job, _signals);

    /// <inheritdoc/>
    public async Task<long> OpenAsync(CancellationToken cancellationToken)
    {
        var counted = await CountAsync(_range.Job, cancellationToken).ConfigureAwait(false);
        if (counted.Answer.Metadata.TimeSettingsOverwritten)
            throw Refused("the query sets its own time range");
        if (!_range.TryPin(counted.Answer, _connection.Transport.Host))
            throw new PagingException(PagingErrorKind.OtherRange,
                _range.Mismatch ?? "The server does not say which time range it searched.");
        return counted.Count;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Bucket>> BarsAsync(long most, CancellationToken cancellationToken)
    {
        var (start, end) = (Identity.RangeStart!.Value, Identity.RangeEnd!.Value);
        var looked = await LookAsync(start, end, cancellationToken).ConfigureAwait(false);
        // The bars of a refined histogram have at most a fifth of this number.
        var bar = (int)Math.Max(1, Math.Min(most / 4, int.MaxValue));
        return await Answered(Histogram.RefineAsync(looked.Bars, bar, cancellationToken)).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<bool> IncludesEndAsync(IReadOnlyList<Bucket> bars, CancellationToken cancellationToken)
    {
        // An instant with an event, which is not the start of the range.
        var bar = bars.LastOrDefault(b => b.End > Identity.RangeStart + 1);
        while (bar is not null && bar.End - bar.Start > 1)
        {
            var looked = await LookAsync(bar.Start, bar.End, cancellationToken).ConfigureAwait(false);
            bar = looked.Bars.LastOrDefault(b => b.End > Identity.RangeStart + 1);
        }
        if (bar is null)
            return false;
        var before = await LookAsync(bar.Start - 1, bar.Start, cancellationToken).ConfigureAwait(false);
        return before.Count > before.Bars.Sum(b => b.Count);
    }

    /// <inheritdoc/>
    public async Task<long> CountAsync(long start, long end, CancellationToken cancellationToken) =>
        (await CountAsync(_range.Job with { Start = QueryTime.At(start), End = QueryTime.At(end) },
            cancellationToken).ConfigureAwait(false)).Count;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _runner.DisposeAsync();

    private static void EnsureCuttable(SearchSpec spec, QueryTraits traits)
    {
        spec.EnsureValid();
        if (spec.MaxEvents is not null)
            throw Uncuttable("a limit of events counts over the whole range");
        if (!traits.Cutting.Allowed)
            throw Uncuttable(traits.Cutting.Reason);
        if (traits.WritesTimestamp)
            throw Uncuttable("the query writes @timestamp, so a histogram would show the written times");
    }

    private static ArgumentException Uncuttable(string why) => new(
        $"The query cannot be cut into slices: {why}. Export it in one run, or remove this step from the query.");

    private static PagingException Refused(string why) => new(PagingErrorKind.RequestFailed, Uncuttable(why).Message);

    private async Task<(long Count, QueryResult Answer)> CountAsync(QueryJobSpec job, CancellationToken cancellationToken)
    {
        var counting = job with { Query = EventCounter.CountQuery(job.Query) };
        var answer = await Answered(_runner.RunAsync(() => counting, _pace, null, cancellationToken)).ConfigureAwait(false);
        EnsureExact(job, answer);
        return (await Answered(Task.FromResult(answer), EventCounter.Read).ConfigureAwait(false), answer);
    }

    private async Task<HistogramAnswer> LookAsync(long start, long end, CancellationToken cancellationToken)
    {
        var looked = await Answered(Histogram.LookAsync(start, end, cancellationToken)).ConfigureAwait(false);
        EnsureExact(_range.Job with { Start = QueryTime.At(start), End = QueryTime.At(end) }, looked.Answer);
        return looked;
    }

    // A whole run accepts ends that the server rounds to seconds. Slices would then overlap.
    private void EnsureExact(QueryJobSpec asked, QueryResult answer)
    {
        if (answer.Metadata.Warnings.FirstOrDefault(ServerWarning.QuestionsResult) is { } warning)
            throw new PagingException(PagingErrorKind.RequestFailed,
                $"The server's count may be wrong, so no plan was made: {_signals.Clean(warning)}");
        if (!_range.IsConfirmed || answer.Metadata is not { QueryStart: { } start, QueryEnd: { } end })
            return;
        if (asked.Start?.Milliseconds is { } from && asked.End?.Milliseconds is { } to && (from, to) != (start, end))
            throw new PagingException(PagingErrorKind.OtherRange, FormattableString.Invariant(
                $"The server searched {start} to {end} instead of {from} to {to} (epoch milliseconds), so slices would overlap."));
    }

    private static Task<T> Answered<T>(Task<T> asking) => Answered(asking, static answer => answer);

    private static async Task<TOut> Answered<TIn, TOut>(Task<TIn> asking, Func<TIn, TOut> read)
    {
        try
        {
            return read(await asking.AsPagingAsync().ConfigureAwait(false));
        }
        catch (FormatException e)
        {
            throw new PagingException(PagingErrorKind.RequestFailed, $"The server cannot count the query by time: {e.Message}.", e);
        }
    }
}
