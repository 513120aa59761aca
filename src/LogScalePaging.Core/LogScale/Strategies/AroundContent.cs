using LogScalePaging.LogScale.Jobs;
using LogScalePaging.Paging;
using LogScalePaging.Records;

namespace LogScalePaging.LogScale.Strategies;

/// <summary>The content of an answer for <see cref="AroundStrategy"/>, with facts for its decision.</summary>
internal sealed class AroundContent(IReadOnlyList<Record> items) : PageContent<Record>(items)
{
    /// <summary>Events in the answer, including those outside the range.</summary>
    public int Answered { get; init; }

    /// <summary>True if there were events from before the range: the walk has reached its start.</summary>
    public bool PassedStart { get; init; }

    /// <summary>The value of <c>hasMoreEvents</c>. Only the first job's value is reliable.</summary>
    public bool? HasMore { get; init; }

    /// <summary>The order of around answers, if this one shows it.</summary>
    public AnswerOrder Order { get; init; }
}
