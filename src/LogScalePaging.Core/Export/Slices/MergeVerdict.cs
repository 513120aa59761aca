using LogScalePaging.Paging.Verdicts;

namespace LogScalePaging.Export.Slices;

/// <summary>
/// The verdict on merged slices: by the verdicts of the slices, and by one new count of the whole range. If that count differs, or a slice
/// has fewer records than the plan says, each slice is counted again, so that the verdict can name the slices at fault.
/// </summary>
/// <param name="plan">The plan.</param>
/// <param name="slices">Its slices.</param>
/// <param name="count">Counts a part of the range now; null to skip the count.</param>
/// <param name="questioned">Receives, while it counts, why the server questions a count: parts of sentences.</param>
internal sealed class MergeVerdict(ExportPlan plan, IReadOnlyList<SliceOutput> slices, Func<long, long, Task<long>>? count,
    IReadOnlyCollection<string>? questioned = null)
{
    private const int MostNamed = 20;
    private readonly List<int> _named = [];

    /// <summary>The verdict. Its reason names the slices at fault.</summary>
    public async Task<Completeness> JudgeAsync()
    {
        var received = slices.Sum(s => s.Manifest.Counts.Written);
        var after = count is null ? (long?)null : await count(plan.Range.Start!.Value, plan.Range.End!.Value).ConfigureAwait(false);
        var doubts = new List<string>();
        foreach (var slice in slices.Where(s => !s.IsComplete))
        {
            _named.Add(slice.Slice.I);
            doubts.Add(FormattableString.Invariant($"slice {slice.Slice.I} is {slice.Manifest.State}: {slice.Manifest.Reason}"));
        }
        var missing = slices.Where(IsIncomplete).Sum(s => Math.Max(1, s.Manifest.Counts.Missing ?? 0));
        // A slice with fewer records than the plan counted may lack some, even if the sum is right.
        if (after is { } now && (now != received || slices.Any(s => s.Manifest.Counts.Written < s.Slice.Expected)))
        {
            var counts = await CountSlicesAsync().ConfigureAwait(false);
            missing = Math.Max(missing, slices.Select((s, i) => Missing(s, counts[i])).Sum());
            // Slices whose counts are not the count of the whole range do not prove it.
            if (counts.Sum() != now)
                doubts.Add(FormattableString.Invariant(
                    $"the server counts {counts.Sum():N0} records in the slices, but {now:N0} in the whole range"));
        }
        doubts.AddRange((questioned ?? []).Distinct(StringComparer.Ordinal));
        var verdict = Completeness.Judge(new SearchFacts
        {
            // A complete slice was proved by its own counts. Records that arrived later are late.
            Before = after is null ? null : slices.All(s => s.IsComplete) ? received + missing : plan.Expected,
            After = after,
            Received = received,
            KnownMissing = missing,
            Doubts = doubts,
            WhyNoCount = "the whole range was not counted again",
        });
        return verdict with { Reason = verdict.Reason + Named() };
    }

    private static bool IsIncomplete(SliceOutput slice) => slice.Manifest.State == nameof(CompletenessState.Incomplete);

    // Records that were there when the plan was made, and are there now, did not arrive late.
    private static long Missing(SliceOutput slice, long counted) =>
        Math.Max(0, Math.Min(slice.Slice.Expected, counted) - slice.Manifest.Counts.Written);

    private async Task<long[]> CountSlicesAsync()
    {
        var counts = await Task.WhenAll(slices.Select(slice =>
        {
            var (start, end) = plan.RequestOf(slice.Slice);
            return count!(start, end);
        })).ConfigureAwait(false);
        _named.AddRange(slices.Where((s, i) => counts[i] != s.Manifest.Counts.Written).Select(s => s.Slice.I).Except(_named).ToList());
        return counts;
    }

    private string Named()
    {
        if (_named.Count == 0)
            return "";
        _named.Sort();
        var more = _named.Count > MostNamed ? FormattableString.Invariant($" and {_named.Count - MostNamed:N0} more") : "";
        return $" ({(_named.Count == 1 ? "slice" : "slices")} {string.Join(", ", _named.Take(MostNamed))}{more})";
    }
}
