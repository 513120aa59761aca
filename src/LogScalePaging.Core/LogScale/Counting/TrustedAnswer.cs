using LogScalePaging.LogScale.Cql;
using LogScalePaging.LogScale.Jobs;

namespace LogScalePaging.LogScale.Counting;

/// <summary>An answer without those of its claims that the query contradicts.</summary>
internal static class TrustedAnswer
{
    /// <summary>
    /// The answer; not an aggregate where every function of the query decides each event alone. An aggregate is never counted, so a
    /// wrong claim would make any part of the events a whole result.
    /// </summary>
    public static QueryResult Of(QueryResult answer, QueryTraits traits) => answer.Metadata.IsAggregate && traits.Cutting.Allowed
        ? answer with { Metadata = answer.Metadata with { IsAggregate = false } }
        : answer;
}
