using LogScalePaging.Simulator.Query;
using LogScalePaging.Simulator.Query.Stages;

namespace LogScalePaging.Simulator;

/// <summary>An answer, for the rules of wrong answers.</summary>
/// <param name="Kind">The kind of request.</param>
/// <param name="QueryString">The query as it was sent.</param>
/// <param name="StartMs">Start of the range, epoch milliseconds.</param>
/// <param name="EndMs">End of the range, epoch milliseconds.</param>
/// <param name="Ask">1 for the first job of this query, range and anchor; 2 for the second, even if it replaces a lost job.</param>
public sealed record AnswerInfo(AnswerKinds Kind, string QueryString, long StartMs, long EndMs, int Ask)
{
    /// <summary>The anchor of an <c>around</c> job; null on other jobs.</summary>
    public string? AroundEventId { get; init; }

    /// <summary>1 for the first poll of the job.</summary>
    public int Poll { get; init; } = 1;

    internal static AnswerKinds KindOf(QueryPlan plan, bool isAround)
    {
        if (isAround)
            return AnswerKinds.Around;
        var last = plan.Stages.Count == 0 ? null : plan.Stages[plan.Stages.Count - 1];
        if (last is TotalStage)
            return AnswerKinds.Count;
        if (plan.Stages.Any(s => s is BucketStage))
            return AnswerKinds.Histogram;
        if (plan.Stages.Any(s => s is EndsStage))
            return AnswerKinds.Tail;
        return plan.Stages.Any(s => s.IsAggregate(new SimulatorOptions())) ? AnswerKinds.Aggregate : AnswerKinds.Plain;
    }
}
