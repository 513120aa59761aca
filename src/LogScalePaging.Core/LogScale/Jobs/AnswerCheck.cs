using LogScalePaging.Records;
using LogScalePaging.Records.Identities;
using LogScalePaging.Search;

namespace LogScalePaging.LogScale.Jobs;

/// <summary>Compares an answer with its own numbers. The answer should hold its whole result.</summary>
internal static class AnswerCheck
{
    /// <summary>How an answer contradicts itself; null if it does not.</summary>
    /// <param name="answer">An answer to a request without a limit.</param>
    public static string? Contradiction(QueryResult answer) =>
        (answer.Metadata.HasMoreEvents == true ? null : OtherCount(answer)) ?? (answer.Metadata.IsAggregate ? null : RowsTwice(answer));

    /// <summary>How the number of rows differs from the answer's <c>eventCount</c>; null if it does not.</summary>
    public static string? OtherCount(QueryResult answer) => answer.Metadata.EventCount is { } count && count != answer.Events.Count
        ? FormattableString.Invariant($"an answer has {answer.Events.Count:N0} rows, but its eventCount is {count:N0}")
        : null;

    /// <summary>How an answer lists rows twice, equal in every byte; null if it does not.</summary>
    public static string? RowsTwice(QueryResult answer) => answer.Events.Count - Distinct(answer.Events) is > 0 and var repeated
        ? FormattableString.Invariant($"an answer repeats {repeated:N0} rows")
        : null;

    /// <summary>Number of different rows. Rows without an <c>@id</c> count as different.</summary>
    public static int Distinct(IReadOnlyList<Record> events)
    {
        if (AnswerOrders.AreNewestFirst(events))
        {
            var instant = new InstantMemory();
            return Enumerable.Range(0, events.Count).Count(i => instant.Add(events, i) != Sighting.Known);
        }
        var seen = new IdentitySet(IdentityMemory.All);
        return events.Count(e => seen.Add(RecordIdentity.Of(in e)) != Sighting.Known);
    }
}
