using System.Globalization;
using System.Text.Json;
using LogScalePaging.Diagnostics;
using LogScalePaging.Json;
using LogScalePaging.LogScale.Jobs;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Records;
using LogScalePaging.Search.Windows;

namespace LogScalePaging.LogScale.Windows;

/// <summary>Counts a range by time on the server, and counts bars with too many events in smaller steps.</summary>
internal sealed class Histogram(QueryJobRunner runner, QueryJobSpec spec, SignalLog signals)
{
    // Aggregates return 1,500 rows by default. The range may cut the bars at both ends.
    private const int Bars = 1_400;
    private const int MostLooks = 12;
    private readonly JobPace _pace = new();

    /// <summary>The bars, refined so that windows of <paramref name="capacity"/> can be built from them if possible.</summary>
    /// <param name="bars">Bars in the order of time.</param>
    /// <param name="capacity">Events that fit a window.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="FormatException">The server's answer is not a histogram.</exception>
    public async Task<IReadOnlyList<Bucket>> RefineAsync(IReadOnlyList<Bucket> bars, int capacity, CancellationToken cancellationToken)
    {
        for (var look = 0; look < MostLooks; look++)
        {
            var coarse = WindowPlanner.TooCoarse(bars, capacity);
            if (coarse.Count == 0)
                break;
            signals.Verbose(SignalKind.HistogramRefined, FormattableString.Invariant(
                $"the histogram is refined in {coarse.Count} parts of the range"));
            var closer = await Task.WhenAll(coarse.Select(run => LookAsync(run.Start, run.End, cancellationToken))).ConfigureAwait(false);
            bars = [.. bars.Where(b => !coarse.Any(run => b.Start >= run.Start && b.End <= run.End)).Concat(closer.SelectMany(c => c.Bars))
                .OrderBy(b => b.Start)];
        }
        return bars;
    }

    /// <summary>The bars of a range in the order of time, and their sum.</summary>
    /// <exception cref="FormatException">The server's answer is not a histogram.</exception>
    public async Task<HistogramAnswer> LookAsync(long start, long end, CancellationToken cancellationToken)
    {
        var span = Math.Max(1, (end - start + Bars - 1) / Bars);
        var job = spec with
        {
            Query = spec.Query + FormattableString.Invariant($"\n| bucket(span={span}ms, function=count())"),
            Start = QueryTime.At(start),
            End = QueryTime.At(end),
        };
        if (string.IsNullOrWhiteSpace(spec.Query))
            job = job with { Query = job.Query.TrimStart('\n', '|', ' ') };
        var result = await runner.RunAsync(() => job, _pace, null, cancellationToken).ConfigureAwait(false);
        var bars = result.Events.Select(row => Read(row, span)).ToList();
        return new HistogramAnswer(Merge(bars, start, end), bars.Sum(b => b.Count), result);
    }

    // If the end is inclusive, there may be a bar that begins at it. A bar may begin before the range, because bars are aligned to their
    // span.
    private static List<Bucket> Merge(IEnumerable<Bucket> bars, long start, long end) =>
        [.. bars.Where(b => b.Count > 0 && b.End > start && b.Start < end)
            .Select(b => b with { Start = Math.Max(b.Start, start), End = Math.Min(b.End, end) })
            .OrderBy(b => b.Start)];

    private static Bucket Read(Record row, long span)
    {
        using var document = AnswerJson.Parse(row.Utf8.Span);
        var start = Number(document.RootElement, "_bucket");
        return new Bucket(start, start + span, Number(document.RootElement, "_count"));
    }

    // Numbers beyond every calendar or count. Sums of them would overflow.
    private const long MostOfAnything = 1_000_000_000_000_000;

    private static long Number(JsonElement row, string name) =>
        AnswerJson.Member(row, name) is { } value
        && long.TryParse(AnswerJson.Text(value) ?? value.GetRawText(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture,
            out var number)
        && number is > -MostOfAnything and < MostOfAnything
            ? number
            : throw new FormatException($"the answer to bucket() has a row without a valid {name}");
}

/// <summary>The answer to a question for a histogram.</summary>
/// <param name="Bars">The bars within the range, in the order of time.</param>
/// <param name="Count">Events in all bars.</param>
/// <param name="Answer">The answer itself.</param>
internal sealed record HistogramAnswer(IReadOnlyList<Bucket> Bars, long Count, QueryResult Answer);
