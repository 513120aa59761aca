using LogScalePaging.Axiom.Answers;
using LogScalePaging.Paging;
using LogScalePaging.Records;

namespace LogScalePaging.Axiom.Strategies;

/// <summary>A page with what its strategy found out while it read it.</summary>
/// <param name="answer">The answer.</param>
/// <param name="items">The rows that are handed on.</param>
/// <param name="next">Where to go; null for a page that brings the walk to its end.</param>
internal sealed class AxiomContent(AxiomAnswer answer, IReadOnlyList<Record> items, PageDecision next)
    : PageContent<Record>(items)
{
    /// <summary>The answer.</summary>
    public AxiomAnswer Answer { get; } = answer;

    /// <summary>Where to go.</summary>
    public PageDecision Next { get; } = next;

    /// <summary>The page of an answer.</summary>
    public static AxiomContent Of(AxiomAnswer answer, IReadOnlyList<Record> items, PageDecision next) => new(answer, items, next)
    {
        Warnings = answer.Messages,
        TraceId = answer.TraceId,
        RateLimit = answer.RateLimit,
    };
}
