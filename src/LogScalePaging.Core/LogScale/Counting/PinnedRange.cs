using LogScalePaging.LogScale.Jobs;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Paging.Positions;
using LogScalePaging.Search.Proof;
using LogScalePaging.Search.Windows;

namespace LogScalePaging.LogScale.Counting;

/// <summary>The search and its range. The first answer makes the range absolute, so that no relative time is sent twice.</summary>
/// <param name="spec">The search.</param>
/// <param name="asked">The same for checkpoints, with the absolute times that the user gave.</param>
/// <param name="asSent">
/// True if the query writes <c>@timestamp</c>. All its rows are then kept, in the order in which they are sent.
/// </param>
internal sealed class PinnedRange(SearchSpec spec, WalkIdentity asked, bool asSent)
{
    /// <summary>The query, server and range, for checkpoints and manifests.</summary>
    public WalkIdentity Identity { get; private set; } = asked;

    /// <summary>True after an answer of this run has named its range.</summary>
    public bool IsConfirmed { get; private set; }

    /// <summary>The server's clock at that answer. Events ingested earlier are not late. Null if it is not known.</summary>
    public DateTimeOffset? Since { get; private set; }

    /// <summary>The part of the range that could still change at that answer.</summary>
    public ChangingPart Changing { get; private set; } = ChangingPart.Unknown;

    /// <summary>How the range of the last answer differs from the requested one; null if it does not.</summary>
    public string? Mismatch { get; private set; }

    /// <summary>The search for jobs: with the pinned range, or as the user wrote it until the range is pinned.</summary>
    public QueryJobSpec Job => Identity is { RangeStart: { } start, RangeEnd: { } end }
        ? spec.ToJob(QueryTime.At(start), QueryTime.At(end))
        : spec.ToJob(spec.Start, spec.End);

    /// <summary>
    /// True if the query writes <c>@timestamp</c>, so that the times of its rows say nothing about their range or order.
    /// </summary>
    public bool AsSent { get; } = asSent;

    /// <summary>Collects observations about the times of rows.</summary>
    public RowNoting Noting => AsSent ? new RowNoting(null, null) : new RowNoting(Identity.RangeStart, Identity.RangeEnd, Changing.From);

    /// <summary>The range as a single window.</summary>
    public TimeWindow Whole => new(Identity.RangeStart!.Value, Identity.RangeEnd!.Value, null, IsNewest: true);

    /// <summary>Uses the range that an earlier run pinned.</summary>
    public void TakeOver(WalkIdentity identity) => Identity = identity;

    /// <summary>Pins the range to the one in the server's answer.</summary>
    /// <param name="answer">An answer, of a job that may still run.</param>
    /// <param name="host">The host that answered: the account's cloud.</param>
    /// <returns>True if this answer pinned it; false if it was pinned already, or if the answer has no range or another one.</returns>
    public bool TryPin(QueryResult answer, string host)
    {
        if (IsConfirmed || answer.Metadata is not { QueryStart: { } start, QueryEnd: { } end })
            return false;
        Mismatch = RangeCheck.Mismatch(Job, answer);
        if (Mismatch is not null)
            return false;
        (IsConfirmed, Since) = (true, answer.Date);
        Identity = Identity with { RangeStart = start, RangeEnd = end, Host = host };
        if (!AsSent)
            Changing = ChangingPart.Of(answer, start, end);
        return true;
    }
}
