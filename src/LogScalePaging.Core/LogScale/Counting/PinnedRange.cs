using LogScalePaging.LogScale.Jobs;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Paging;
using LogScalePaging.Search;
using LogScalePaging.Search.Windows;

namespace LogScalePaging.LogScale.Counting;

/// <summary>What a search asks, and over which range. The first answer of all makes the range absolute: no relative time is sent twice.</summary>
/// <param name="spec">What is searched.</param>
/// <param name="asked">The same for checkpoints, its range as far as the user gave it in absolute times.</param>
/// <param name="asSent">True when the query writes <c>@timestamp</c>: its rows are kept in the order in which they are sent, wherever they lie.</param>
internal sealed class PinnedRange(SearchSpec spec, WalkIdentity asked, bool asSent)
{
    /// <summary>What is asked, for checkpoints and manifests.</summary>
    public WalkIdentity Identity { get; private set; } = asked;

    /// <summary>True once an answer of this run, and not of an earlier one, has said which range it searched.</summary>
    public bool IsConfirmed { get; private set; }

    /// <summary>The server's clock at that answer: what was ingested earlier is not late. Null when it is not known.</summary>
    public DateTimeOffset? Since { get; private set; }

    /// <summary>How the range that the last answer searched differs from the one asked; null when it does not.</summary>
    public string? Mismatch { get; private set; }

    /// <summary>The search over the range, as jobs ask it: as the user wrote it until it is known.</summary>
    public QueryJobSpec Job => Identity is { RangeStart: { } start, RangeEnd: { } end }
        ? spec.ToJob(QueryTime.At(start), QueryTime.At(end))
        : spec.ToJob(spec.Start, spec.End);

    /// <summary>True when the query writes <c>@timestamp</c>, so that the times of its rows tell neither their place nor their order.</summary>
    public bool AsSent { get; } = asSent;

    /// <summary>Notices what the times of rows say.</summary>
    public RowNoting Noting => AsSent ? new RowNoting(null, null) : new RowNoting(Identity.RangeStart, Identity.RangeEnd);

    /// <summary>The range as the one window that it is.</summary>
    public TimeWindow Whole => new(Identity.RangeStart!.Value, Identity.RangeEnd!.Value, null, IsNewest: true);

    /// <summary>Takes over the range that an earlier run pinned.</summary>
    public void TakeOver(WalkIdentity identity) => Identity = identity;

    /// <summary>Pins the range to what the server made of it.</summary>
    /// <param name="answer">An answer, of a job that is done or not.</param>
    /// <param name="host">Who answered: the account's home.</param>
    /// <returns>True when this answer pinned it; false when one before it did, when it does not say, or when it searched another range.</returns>
    public bool TryPin(QueryResult answer, string host)
    {
        if (IsConfirmed || answer.Metadata is not { QueryStart: { } start, QueryEnd: { } end })
            return false;
        Mismatch = RangeCheck.Mismatch(Job, answer);
        if (Mismatch is not null)
            return false;
        (IsConfirmed, Since) = (true, answer.Date);
        Identity = Identity with { RangeStart = start, RangeEnd = end, Host = host };
        return true;
    }
}
