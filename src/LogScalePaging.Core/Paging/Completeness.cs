namespace LogScalePaging.Paging;

/// <summary>The verdict on a result: its state, and the numbers that it rests on.</summary>
/// <param name="State">Whether the result is all that matched.</param>
/// <param name="Reason">One sentence for a person.</param>
public sealed record Completeness(CompletenessState State, string Reason)
{
    /// <summary>Events that the server counted before the walk; null when it was not asked.</summary>
    public long? ExpectedBefore { get; init; }

    /// <summary>Events that the server counted after the walk; null when it was not asked.</summary>
    public long? ExpectedAfter { get; init; }

    /// <summary>Events received, each once.</summary>
    public long Received { get; init; }

    /// <summary>Events that should be in the result and are not.</summary>
    public long Missing { get; init; }

    /// <summary>Events that reached the range while the walk ran and are not in the result.</summary>
    public long Late { get; init; }

    /// <summary>
    /// Judges a walk by the counts around it.
    /// </summary>
    /// <param name="before">Count over the pinned range when the walk began; null when none could be had.</param>
    /// <param name="after">Count over the pinned range after the walk; null when none could be had.</param>
    /// <param name="received">Events received, each once.</param>
    /// <param name="receivedLate">How many of them were surely ingested after <paramref name="before"/> was counted.</param>
    /// <param name="limit">The user's limit, when the walk ended because of it.</param>
    public static Completeness Judge(long? before, long? after, long received, long receivedLate = 0, long? limit = null)
    {
        if (limit is { } most)
            return JudgeLimited(before, received, most);
        var verdict = (before, after) switch
        {
            (null, null) => new Completeness(CompletenessState.Unverified, "no count could be had to compare with"),
            // Late arrivals that came along must not hide originals that did not.
            ({ } b, _) when received - receivedLate < b => Short(b - (received - receivedLate), Math.Max(0, (after ?? b) - b - receivedLate)),
            (null, { } a) when received < a => Short(a - received, 0),
            ({ } b, { } a) when received < a => new Completeness(CompletenessState.Complete,
                FormattableString.Invariant($"every event that matched when the run began is here; {Events(a - received)} came late and {(a - received == 1 ? "is" : "are")} not"))
            { Late = a - received },
            var (b, a) when received > Math.Max(b ?? 0, a ?? 0) => new Completeness(CompletenessState.Unverified,
                FormattableString.Invariant($"{Events(received)} came but the server counts {Math.Max(b ?? 0, a ?? 0):N0}: events left the range while it was read, or some came twice without an @id to tell")),
            _ => new Completeness(CompletenessState.Complete, "the count agrees"),
        };
        return verdict with { ExpectedBefore = before, ExpectedAfter = after, Received = received };
    }

    /// <summary>The verdict on a walk that broke off.</summary>
    public static Completeness Broken(long? before, long received, string why) =>
        new(CompletenessState.Incomplete, $"the walk broke off: {why}")
        {
            ExpectedBefore = before,
            Received = received,
            Missing = Math.Max(0, (before ?? 0) - received),
        };

    private static Completeness JudgeLimited(long? before, long received, long limit) =>
        new(received == limit ? CompletenessState.Complete : CompletenessState.Incomplete,
            before is { } matched
                ? FormattableString.Invariant($"the newest {received:N0} of {Events(matched)}, as the limit asked")
                : FormattableString.Invariant($"the newest {Events(received)}, as the limit asked"))
        {
            ExpectedBefore = before,
            Received = received,
            Missing = Math.Max(0, limit - received),
        };

    private static Completeness Short(long missing, long late) =>
        new(CompletenessState.Incomplete, FormattableString.Invariant($"{Events(missing)} that the server counts did not come")) { Missing = missing, Late = late };

    private static string Events(long count) => count == 1 ? "1 event" : FormattableString.Invariant($"{count:N0} events");
}
