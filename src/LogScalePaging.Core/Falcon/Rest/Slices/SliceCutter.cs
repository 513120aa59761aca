using LogScalePaging.Paging;
using LogScalePaging.Search.Windows;

namespace LogScalePaging.Falcon.Rest.Slices;

/// <summary>
/// Halves a range until each part has few records. The API has no histogram, so the totals of the halves are requested. A part of one
/// millisecond is not halved.
/// </summary>
/// <param name="total">The total of a part of the range, from one answer.</param>
internal sealed class SliceCutter(Func<(long Start, long End), CancellationToken, Task<long>> total)
{
    /// <summary>Maximum number of requests. The largest parts are halved first.</summary>
    public const int MostRequests = 1_000;

    // Halving the longest possible range reaches a millisecond in fewer steps.
    private const int MostDepth = 48;

    private const long Second = 1_000_000_000;
    private const long Millisecond = 1_000_000;

    /// <summary>The parts in the order of time. Together they are the range, without gaps.</summary>
    /// <param name="range">The range, with its total.</param>
    /// <param name="most">Number of records above which a part is halved.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="PagingException">The totals show that the server ignores the filter.</exception>
    public async Task<IReadOnlyList<Bucket>> CutAsync(Bucket range, long most, CancellationToken cancellationToken)
    {
        var whole = new List<Bucket>();
        IReadOnlyList<Bucket> level = [range];
        var left = MostRequests;
        for (var depth = 0; depth < MostDepth && level.Count > 0; depth++)
        {
            var large = level.Where(part => part.Count > most && Middle(part.Start, part.End) is not null)
                .OrderByDescending(part => part.Count).Take(left / 2).ToList();
            whole.AddRange(level.Except(large));
            left -= large.Count * 2;
            var halves = await Task.WhenAll(large.Select(part => HalveAsync(part, cancellationToken))).ConfigureAwait(false);
            level = [.. halves.SelectMany(half => half)];
        }
        whole.AddRange(level);
        return [.. whole.OrderBy(part => part.Start)];
    }

    /// <summary>
    /// The time at which a part is halved: a whole second if possible, else a whole millisecond, because servers may ignore smaller
    /// fractions. Null if the part cannot be halved.
    /// </summary>
    public static long? Middle(long start, long end)
    {
        // The difference of two times may exceed 64 bits.
        var middle = (start >> 1) + (end >> 1) + (start & end & 1);
        foreach (var unit in new[] { Second, Millisecond })
        {
            var aligned = middle - (((middle % unit) + unit) % unit);
            if (aligned > start)
                return aligned;
        }
        return null;
    }

    private async Task<Bucket[]> HalveAsync(Bucket part, CancellationToken cancellationToken)
    {
        var middle = Middle(part.Start, part.End)!.Value;
        var totals = await Task.WhenAll(total((part.Start, middle), cancellationToken), total((middle, part.End), cancellationToken))
            .ConfigureAwait(false);
        return totals[0] == part.Count && totals[1] == part.Count
            ? throw new PagingException(PagingErrorKind.RequestFailed, "the totals of both halves of a slice equal the total of the slice, "
                + "so the server ignores the time in the filter")
            : [new Bucket(part.Start, middle, totals[0]), new Bucket(middle, part.End, totals[1])];
    }
}
