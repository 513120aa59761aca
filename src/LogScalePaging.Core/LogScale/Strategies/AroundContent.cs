using LogScalePaging.LogScale.Jobs;
using LogScalePaging.Paging;
using LogScalePaging.Records;

namespace LogScalePaging.LogScale.Strategies;

/// <summary>What <see cref="AroundStrategy"/> read from an answer, with what its decision needs.</summary>
internal sealed class AroundContent(IReadOnlyList<EventRecord> items) : PageContent<EventRecord>(items)
{
    /// <summary>Events in the answer, those outside of the range included.</summary>
    public int Answered { get; init; }

    /// <summary>True when events from before the range came: the walk is at its start.</summary>
    public bool PassedStart { get; init; }

    /// <summary>What <c>hasMoreEvents</c> said; only the first job's is to be trusted.</summary>
    public bool? HasMore { get; init; }

    /// <summary>The order of around answers, when this one shows it.</summary>
    public AnswerOrder Order { get; init; }
}
