using LogScalePaging.Diagnostics;
using LogScalePaging.LogScale.Counting;
using LogScalePaging.LogScale.Jobs;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Transport.Errors;

namespace LogScalePaging.LogScale.Windows;

/// <summary>
/// The histogram of the whole range. Its sum is the count before the walk, and windows are planned with it, so that one job over the range
/// does both.
/// </summary>
internal sealed class RangeHistogram(QueryJobRunner runner, PinnedRange range, RangeProof proof, SearchSpec spec, SignalLog signals)
{
    private QueryJobSpec? _of;

    /// <summary>The histogram; null if it was not requested.</summary>
    public Task<HistogramAnswer>? Looked { get; private set; }

    /// <summary>
    /// Requests it, unless this was done for the same range. It does nothing without a count or while the range is relative.
    /// </summary>
    /// <param name="cancellationToken">Ends it.</param>
    public void Begin(CancellationToken cancellationToken)
    {
        var job = range.Job;
        if (spec.NoVerify || job is not { Start.Milliseconds: { } start, End.Milliseconds: { } end }
            || (_of is { } of && of.Start!.Equals(job.Start) && of.End!.Equals(job.End)))
            return;
        _of = job;
        var looking = LookAsync(job, start, end, cancellationToken);
        Looked = looking;
        proof.Begin(job, cancellationToken,
            new HistogramSum(() => CountOf(looking), stop => IsRepeatedAsync(looking, job, start, end, stop)));
    }

    private Task<HistogramAnswer> LookAsync(QueryJobSpec job, long start, long end, CancellationToken cancellationToken) =>
        new Histogram(runner, job, signals).LookAsync(start, end, cancellationToken);

    private async Task<bool> IsRepeatedAsync(Task<HistogramAnswer> looked, QueryJobSpec job, long start, long end,
        CancellationToken cancellationToken)
    {
        try
        {
            var again = await LookAsync(job, start, end, cancellationToken).ConfigureAwait(false);
            return again.Bars.SequenceEqual((await looked.ConfigureAwait(false)).Bars);
        }
        catch (Exception e) when (e is ApiException or JobLostException or FormatException)
        {
            return false;
        }
    }

    private static async Task<CountAnswer?> CountOf(Task<HistogramAnswer> looking)
    {
        try
        {
            var looked = await looking.ConfigureAwait(false);
            return looked.Answer.Metadata.Warnings.Any(ServerWarning.QuestionsResult)
                ? null
                : new CountAnswer(looked.Count, looked.Answer.Date);
        }
        catch (Exception e) when (e is ApiException { Kind: ApiErrorKind.BadRequest } or FormatException)
        {
            return null;
        }
    }
}
