using System.Globalization;
using LogScalePaging.Axiom.Answers;
using LogScalePaging.Axiom.Apl;
using LogScalePaging.Diagnostics;
using LogScalePaging.Json;
using LogScalePaging.Records;
using LogScalePaging.Search.Windows;

namespace LogScalePaging.Axiom.Windows;

/// <summary>Counts a range by time on the server, and counts bars with too many events in smaller steps.</summary>
/// <param name="query">The query.</param>
/// <param name="client">Sends its requests.</param>
/// <param name="signals">Where signals go.</param>
internal sealed class AxiomHistogram(AplQuery query, AxiomClient client, SignalLog signals)
{
    private const int Bars = 1_000;
    private const int MostLooks = 8;

    // Windows begin at whole milliseconds, because a server may round the ends of a range to them.
    private const long Millisecond = 1_000_000;

    /// <summary>
    /// The bars of a range in the order of time, so fine that windows of <paramref name="capacity"/> can be built from them if possible.
    /// </summary>
    /// <exception cref="FormatException">The server's answer is not a histogram.</exception>
    public async Task<IReadOnlyList<Bucket>> ReadAsync(AxiomRange range, int capacity, CancellationToken cancellationToken)
    {
        var bars = await LookAsync(range.Start, range.End, cancellationToken).ConfigureAwait(false);
        for (var look = 1; look < MostLooks; look++)
        {
            var coarse = WindowPlanner.TooCoarse(bars, capacity).Where(run => CanBeFiner(bars, run)).ToList();
            if (coarse.Count == 0)
                break;
            signals.Verbose(SignalKind.HistogramRefined,
                FormattableString.Invariant($"the histogram is refined in {coarse.Count} parts of the range"));
            var closer = await Task.WhenAll(coarse.Select(run => LookAsync(run.Start, run.End, cancellationToken))).ConfigureAwait(false);
            var fine = bars.Where(b => !coarse.Any(run => b.Start >= run.Start && b.End <= run.End));
            bars = [.. fine.Concat(closer.SelectMany(c => c)).OrderBy(b => b.Start)];
        }
        return bars;
    }

    private static bool CanBeFiner(IReadOnlyList<Bucket> bars, (long Start, long End) run) =>
        bars.Any(b => b.Start >= run.Start && b.End <= run.End && b.End - b.Start > Millisecond);

    private async Task<IReadOnlyList<Bucket>> LookAsync(long start, long end, CancellationToken cancellationToken)
    {
        var milliseconds = Math.Max(1, ((end - start) / Millisecond / Bars) + 1);
        var span = milliseconds * Millisecond;
        var apl = query.With(
            FormattableString.Invariant($"summarize count() by bin({AxiomFields.Time}, {milliseconds}ms)"),
            FormattableString.Invariant($"limit {AxiomQuery.MostRows}"));
        var answer = await client.AskAsync(new AxiomQuery(apl, start, end), cancellationToken).ConfigureAwait(false);
        // A bar may begin before the range. If the end is inclusive, there may be a bar that begins at it.
        return
        [
            .. answer.Rows.Select(row => Read(row, span)).Where(b => b.Count > 0 && b.End > start && b.Start < end)
                .Select(b => b with { Start = Math.Max(b.Start, start), End = Math.Min(b.End, end) }).OrderBy(b => b.Start),
        ];
    }

    private static Bucket Read(Record row, long span)
    {
        var start = row.Timestamp ?? throw new FormatException($"the answer to bin() has a row without {AxiomFields.Time}");
        using var document = AnswerJson.Parse(row.Utf8.Span);
        foreach (var member in document.RootElement.EnumerateObject())
        {
            if (long.TryParse(member.Value.GetRawText(), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
                return new Bucket(start, start + span, count);
        }
        throw new FormatException("the answer to bin() has a row without a count");
    }
}
