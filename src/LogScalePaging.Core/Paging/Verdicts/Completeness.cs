using LogScalePaging.Common;
using LogScalePaging.Records;

namespace LogScalePaging.Paging.Verdicts;

/// <summary>The verdict on a result: its state, and the numbers behind it.</summary>
/// <param name="State">Whether the result has all matching events.</param>
/// <param name="Reason">The reason, in one sentence.</param>
public sealed record Completeness(CompletenessState State, string Reason)
{
    /// <summary>Events that the server counted before the walk; null without a count.</summary>
    public long? ExpectedBefore { get; init; }

    /// <summary>Events that the server counted after the walk; null without a count.</summary>
    public long? ExpectedAfter { get; init; }

    /// <summary>
    /// Which part of the range was counted again after the walk, and why only that part; null for the whole range, or without a count.
    /// </summary>
    public string? Recount { get; init; }

    /// <summary>Events received, each once.</summary>
    public long Received { get; init; }

    /// <summary>Events that should be in the result but are not.</summary>
    public long Missing { get; init; }

    /// <summary>Events that arrived during the walk and are not in the result.</summary>
    public long Late { get; init; }

    /// <summary>
    /// Judges a walk that ended normally. Complete: the distinct events received equal the count, no answer contradicts another, and late
    /// arrivals explain any difference between the counts. Unverified: there is no count, an answer raised a doubt, or the counts and the
    /// received records do not agree. Incomplete: records are missing.
    /// </summary>
    public static Completeness Judge(SearchFacts facts)
    {
        var verdict = facts.Limit is { } limit ? JudgeLimited(facts, limit) : JudgeCounts(facts);
        return Questioned(verdict, facts) with { ExpectedBefore = facts.Before, ExpectedAfter = facts.After, Received = facts.Received };
    }

    /// <summary>The verdict on a walk that broke off.</summary>
    /// <param name="before">Events that the server counted before the walk; null without a count.</param>
    /// <param name="received">Events received.</param>
    /// <param name="why">What broke it.</param>
    /// <param name="limit">The user's limit; null if there is none.</param>
    public static Completeness Broken(long? before, long received, string why, long? limit = null) =>
        new(CompletenessState.Incomplete, $"the search broke off: {why}")
        {
            ExpectedBefore = before,
            Received = received,
            Missing = Math.Max(0, Math.Min(before ?? 0, limit ?? long.MaxValue) - received),
        };

    private static Completeness JudgeCounts(SearchFacts facts)
    {
        if ((facts.Before ?? facts.After) is null && facts.KnownMissing == 0)
            return new Completeness(CompletenessState.Unverified, facts.WhyNoCount ?? "no count was made");
        var (before, after) = (facts.Before ?? facts.After ?? 0, facts.After ?? facts.Before ?? 0);
        // No more events can be late than the count grew by. If more seem to be late, the ingest times come from a wrong clock and are
        // ignored.
        var grown = Math.Max(0, after - before);
        var (lateHere, possiblyLate) = facts.Notes.Late > grown ? (0, 0) : (facts.Notes.Late, Math.Min(facts.Notes.PossiblyLate, grown));
        var original = facts.Received - lateHere;
        if (facts.KnownMissing > 0 || original < before)
            return Short(Math.Max(facts.KnownMissing, before - original), grown - lateHere);
        if (facts.Received > Math.Max(before, after))
        {
            return new Completeness(CompletenessState.Unverified, $"{Records(facts.Received)} received, but the server counted "
                + $"{Number(Math.Max(before, after))}. Records left the range during the search, or the server sent "
                + "records that do not match");
        }
        if (facts.Received > after)
        {
            return new Completeness(CompletenessState.Unverified, $"the server counted {Number(before)} before the search and "
                + $"{Number(after)} after it. Records left the range during the search, or one of the counts is wrong");
        }
        if (facts.Received == after)
            return new Completeness(CompletenessState.Complete, "the count agrees");
        // The number is between the two counts: only late arrivals explain that. If too few events can be late, one of the original
        // events may be missing.
        return facts.Received - possiblyLate <= before
            ? new Completeness(CompletenessState.Complete, "every record that matched at the start was received; "
                + $"{Records(after - facts.Received)} arrived late and {(after - facts.Received == 1 ? "is" : "are")} not in the result")
            { Late = after - facts.Received }
            : new Completeness(CompletenessState.Unverified, $"{Records(facts.Received)} received, but the server counted {Number(before)} "
                + $"before the search and {Number(after)} after it. Late arrivals do not explain the difference");
    }

    private static Completeness JudgeLimited(SearchFacts facts, long limit)
    {
        // If a window is known to lack events, the missing ones may be among the newest.
        if (Math.Max(limit - facts.Received, facts.KnownMissing) is > 0 and var missing)
            return Short(missing, 0);
        var kept = facts.Order switch
        {
            RecordOrder.NewestFirst => "newest",
            RecordOrder.OldestFirst => "oldest",
            _ => "first",
        };
        return new Completeness(CompletenessState.Complete, facts.Before is { } matched
            ? FormattableString.Invariant($"the {kept} {facts.Received:N0} of {Records(matched)}, because of the limit")
            : $"the {kept} {Records(facts.Received)}, because of the limit");
    }

    private static Completeness Questioned(Completeness verdict, SearchFacts facts)
    {
        if (verdict.State != CompletenessState.Complete)
            return verdict;
        var doubt = facts.Notes.OutsideRange > 0
            ? $"{Records(facts.Notes.OutsideRange)} {Have(facts.Notes.OutsideRange)} a time outside the range"
            : facts.Notes.WithoutId > 0
            ? $"{Records(facts.Notes.WithoutId)} {Have(facts.Notes.WithoutId)} no identity, so repeats cannot be detected. "
                + "Keep the identity field in the query (for LogScale, @id in select())"
            : facts.Doubts.Count > 0 ? facts.Doubts[0] : null;
        return doubt is null ? verdict : verdict with { State = CompletenessState.Unverified, Reason = $"{verdict.Reason}, but {doubt}" };
    }

    private static Completeness Short(long missing, long late) =>
        new(CompletenessState.Incomplete, $"{Records(missing)} counted by the server {(missing == 1 ? "was" : "were")} not received")
        {
            Missing = missing,
            Late = late,
        };

    private static string Records(long count) => Counted.Of(count, "record");

    private static string Have(long count) => count == 1 ? "has" : "have";

    private static string Number(long count) => Counted.Number(count);
}
