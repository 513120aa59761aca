using LogScalePaging.LogScale.Cql;
using LogScalePaging.LogScale.Jobs;

namespace LogScalePaging.LogScale.Counting;

/// <summary>An answer without claims that the query contradicts.</summary>
internal static class TrustedAnswer
{
    /// <summary>
    /// The answer. It is not an aggregate if every function of the query handles each event independently. An aggregate is never counted,
    /// so with a wrong claim, a part of the events would be a complete result.
    /// </summary>
    public static QueryResult Of(QueryResult answer, QueryTraits traits) => answer.Metadata.IsAggregate && traits.Cutting.Allowed
        ? answer with { Metadata = answer.Metadata with { IsAggregate = false } }
        : answer;
}
