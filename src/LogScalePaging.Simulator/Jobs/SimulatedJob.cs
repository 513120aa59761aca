using LogScalePaging.Simulator.Events;
using LogScalePaging.Simulator.Faults;
using LogScalePaging.Simulator.Query;

namespace LogScalePaging.Simulator.Jobs;

/// <summary>
/// A job on the server. Its result is fixed when it is created, except that a live query is evaluated again at each poll.
/// </summary>
internal sealed class SimulatedJob
{
    private static readonly StoredName s_count = new("_count");

    private readonly EventStore _store;
    private readonly SimulatorClock _clock;
    private readonly Lazy<QueryRows> _result;

    /// <exception cref="FormatException">The query or its times are refused.</exception>
    public SimulatedJob(string id, CreateRequest request, EventStore store, SimulatorClock clock)
    {
        (_store, _clock, Request) = (store, clock, request);
        Plan = QueryPlan.Parse(request.QueryString, request.Arguments, store.Tags, store.Options.MaxTail, store.Options.TailBrings);
        var now = clock.Now;
        var range = JobTimes.Range(request, Plan, now.ToUnixTimeMilliseconds(), store.Options.EndInclusive);
        if (store.Options.IngestTime == IngestTimeMode.Refused && request.HasIngestTime)
            throw new FormatException("The request content was malformed:\nunknown member 'useIngestTime', 'ingestStart' or 'ingestEnd'");
        Touched = now;
        Record = new JobRecord(id, request.QueryString, now)
        {
            StartMs = range.Start,
            EndMs = range.End,
            IsLive = request.IsLive,
            IsAround = request.Around is not null,
            AroundEventId = request.Around?.EventId,
        };
        var index = store.Index;
        _result = new Lazy<QueryRows>(() => Run(index, range, now.ToUnixTimeMilliseconds()));
        if (request.Around is not null && store.Options.AroundMissingAnchor == AroundMissingAnchor.BadRequest)
            _ = _result.Value;
    }

    /// <summary>The answer to the current poll, for the rules of wrong answers.</summary>
    public AnswerInfo Answer => new(
        AnswerInfo.KindOf(Plan, Request.Around is not null), Request.QueryString, Record.StartMs, Record.EndMs, Record.Ask)
    {
        AroundEventId = Record.AroundEventId,
        Poll = Math.Max(1, Record.Polls),
    };

    public CreateRequest Request { get; }

    public QueryPlan Plan { get; }

    public JobRecord Record { get; }

    /// <summary>When the job was last polled or kept alive.</summary>
    public DateTimeOffset Touched { get; set; }

    public TimeSpan Age => _clock.Now - Record.Created;

    /// <summary>
    /// How long it has run. A static job stops counting when it is done: real servers reported 1,809 ms to a poll after 2,802 ms.
    /// </summary>
    public TimeSpan Runtime => Request.IsLive || Age < _store.Options.JobDuration ? Age : _store.Options.JobDuration;

    /// <summary>The part of the work that is done, 0 to 1.</summary>
    public double Progress
    {
        get
        {
            var duration = _store.Options.JobDuration.TotalMilliseconds;
            return duration <= 0 || Request.IsLive ? 1 : Math.Min(1, Age.TotalMilliseconds / duration);
        }
    }

    public bool IsExpired => _clock.Now - Touched > (Request.IsLive ? _store.Options.LiveJobLifetime : _store.Options.JobLifetime);

    public QueryRows Result
    {
        get
        {
            if (!Request.IsLive)
                return _result.Value;
            var now = _clock.NowMs;
            return Run(_store.Index, JobTimes.Range(Request, Plan, now, _store.Options.EndInclusive), now);
        }
    }

    private QueryRows Run(EventIndex index, TimeRange range, long now)
    {
        var times = JobTimes.Of(_store.Options.IngestTime, range, JobTimes.Ingested(Request, now), Request.UseIngestTime);
        var found = QueryRunner.Run(Plan, _store, index, times.Range, Request.Around, times.Ingested, times.IsOfIngestion, now) with
        {
            SaidStart = range.Start,
            SaidEnd = range.End,
        };
        found = WrongResult.Of(_store.Options.AnswerFaults, Answer, found);
        if (Answer.Kind == AnswerKinds.Count && s_count.TryRead(found.Rows.Json(0), out var value) && value.TryInteger(out var count))
            Record.Counted = count;
        return found;
    }
}
