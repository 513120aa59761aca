using LogScalePaging.Axiom.Answers;
using LogScalePaging.Paging;
using LogScalePaging.Records;

namespace LogScalePaging.Axiom.Strategies;

/// <summary>A page with the decision that its strategy made while reading it.</summary>
/// <param name="answer">The answer.</param>
/// <param name="items">The rows that are passed on.</param>
/// <param name="next">How the walk continues; null if the page ends the walk.</param>
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
