using LogScalePaging.Diagnostics;
using LogScalePaging.LogScale.Jobs;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Records;
using LogScalePaging.Transport.Errors;

namespace LogScalePaging.LogScale.Windows;

/// <summary>Finds the largest result buffer that a server allows, and the order in which it lists the events.</summary>
/// <param name="runner">Runs the jobs.</param>
/// <param name="signals">The log that receives signals.</param>
/// <param name="largest">The largest size to try; null if nothing is known about the server.</param>
internal sealed class BufferProbe(QueryJobRunner runner, SignalLog signals, int? largest = null)
{
    /// <summary>The sizes that servers are known to accept, largest first.</summary>
    public static readonly IReadOnlyList<int> Sizes = [200_000, 20_000, 10_000];
    private readonly JobPace _pace = new();

    /// <summary>Tries the sizes over a short range whose events and their order are known from the first answer.</summary>
    /// <param name="spec">The query; its range is replaced.</param>
    /// <param name="known">The first answer's events, newest first; at least one.</param>
    /// <param name="end">End of the range.</param>
    /// <param name="fields">Fields to request. They are dropped if the server refuses them.</param>
    /// <param name="cancellationToken">Ends the probing.</param>
    public async Task<ResultBuffer> ProbeAsync(QueryJobSpec spec, IReadOnlyList<Record> known, long end, IReadOnlyList<string>? fields,
        CancellationToken cancellationToken)
    {
        var buffer = await TryAsync(spec, known, end, fields, cancellationToken).ConfigureAwait(false);
        if (buffer is null && fields is not null)
            buffer = await TryAsync(spec, known, end, null, cancellationToken).ConfigureAwait(false);
        return buffer ?? new ResultBuffer(200, false, false);
    }

    private async Task<ResultBuffer?> TryAsync(QueryJobSpec spec, IReadOnlyList<Record> known, long end, IReadOnlyList<string>? fields,
        CancellationToken cancellationToken)
    {
        // From the oldest known event on: some 200 events, unless many share one instant.
        // A query that writes @timestamp may give times far outside the range.
        var start = Math.Min(end, Math.Max(spec.Start?.Milliseconds ?? 0, known[known.Count - 1].Timestamp ?? end));
        foreach (var size in Sizes.Where(size => !(size > largest)))
        {
            var buffer = new ResultBuffer(size, true, false) { Fields = fields };
            var job = spec with
            {
                Query = buffer.Query(spec.Query),
                Start = QueryTime.At(start),
                End = QueryTime.At(Math.Max(end, start + 1))
            };
            try
            {
                var answer = await runner.RunAsync(() => job, new PollOptions { Limit = known.Count }, _pace, null,
                    cancellationToken).ConfigureAwait(false);
                buffer = buffer with { OldestFirst = IsOldestFirst(answer.Events, known) };
                signals.Verbose(SignalKind.BufferProbed, FormattableString.Invariant(
                    $"the server accepts tail({size}){(buffer.OldestFirst ? ", oldest first" : "")}"));
                return buffer;
            }
            catch (ApiException e) when (e.Kind == ApiErrorKind.BadRequest)
            {
                signals.Verbose(SignalKind.BufferProbed, FormattableString.Invariant($"the server refuses tail({size})"));
            }
        }
        return null;
    }

    private static bool IsOldestFirst(IReadOnlyList<Record> answer, IReadOnlyList<Record> known)
    {
        if (answer.Count < 2)
            return false;
        var order = AnswerOrders.Of(answer, null);
        if (order != AnswerOrder.Unknown)
            return order == AnswerOrder.OldestFirst;
        // All events are of one instant: the known order of two events decides.
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < known.Count; i++)
        {
            if (known[i].Id is { } id)
                places[id] = i;
        }
        var seen = answer.Where(e => e.HasId && places.ContainsKey(e.Id!)).Select(e => places[e.Id!]).ToList();
        return seen.Count < 2 ? answer[0].Id != known[0].Id : seen[0] > seen[1];
    }
}
