using System.Globalization;

namespace LogScalePaging.Paging;

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
    /// arrivals explain any difference between the counts. Unverified: there is no count, or rows cannot be told apart. Incomplete:
    /// anything else.
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
            return new Completeness(CompletenessState.Unverified, $"{Events(facts.Received)} received, but the server counted "
                + $"{Number(Math.Max(before, after))}: events left the range while it was read, or the server sent rows that do not match");
        }
        if (facts.Received > after)
        {
            return new Completeness(CompletenessState.Unverified, $"the server counted {Number(before)} before the search and "
                + $"{Number(after)} after it: events left the range, or one count is wrong");
        }
        if (facts.Received == after)
            return new Completeness(CompletenessState.Complete, "the count agrees");
        // The number is between the two counts: only late arrivals explain that. If too few events can be late, one of the original
        // events may be missing.
        return facts.Received - possiblyLate <= before
            ? new Completeness(CompletenessState.Complete, "every event that matched at the start was received; "
                + $"{Events(after - facts.Received)} arrived late and {(after - facts.Received == 1 ? "is" : "are")} not in the result")
            { Late = after - facts.Received }
            : new Completeness(CompletenessState.Unverified, $"{Events(facts.Received)} received; the server counted {Number(before)} "
                + $"before the search and {Number(after)} after it, and late arrivals do not explain the difference");
    }

    private static Completeness JudgeLimited(SearchFacts facts, long limit)
    {
        // If a window is known to lack events, the missing ones may be among the newest.
        if (Math.Max(limit - facts.Received, facts.KnownMissing) is > 0 and var missing)
            return Short(missing, 0);
        return new Completeness(CompletenessState.Complete, facts.Before is { } matched
            ? FormattableString.Invariant($"the newest {facts.Received:N0} of {Events(matched)}, because of the limit")
            : FormattableString.Invariant($"the newest {Events(facts.Received)}, because of the limit"));
    }

    private static Completeness Questioned(Completeness verdict, SearchFacts facts)
    {
        if (verdict.State != CompletenessState.Complete)
            return verdict;
        var doubt = facts.Notes.OutsideRange > 0
            ? FormattableString.Invariant($"{facts.Notes.OutsideRange:N0} rows have a @timestamp outside the range")
            : facts.Notes.WithoutId > 0
            ? FormattableString.Invariant($"{facts.Notes.WithoutId:N0} rows have no @id and cannot be told apart: keep @id in select()")
            : facts.Doubts.Count > 0 ? facts.Doubts[0] : null;
        return doubt is null ? verdict : verdict with { State = CompletenessState.Unverified, Reason = $"{verdict.Reason}, but {doubt}" };
    }

    private static Completeness Short(long missing, long late) =>
        new(CompletenessState.Incomplete, string.Format(CultureInfo.InvariantCulture, "{0} counted by the server {1} not received", Events(missing), missing == 1 ? "was" : "were"))
        {
            Missing = missing,
            Late = late,
        };

    private static string Events(long count) => count == 1 ? "1 event" : $"{Number(count)} events";

    private static string Number(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
