using System.Collections.Concurrent;
using LogScalePaging.Simulator.Events;
using LogScalePaging.Simulator.Faults;
using LogScalePaging.Simulator.Query;

namespace LogScalePaging.Simulator.Jobs;

/// <summary>The live jobs, and the records of all jobs. Thread safe.</summary>
internal sealed class JobTable(EventStore store, SimulatorClock clock)
{
    private readonly ConcurrentDictionary<string, SimulatedJob> _live = new(StringComparer.Ordinal);
    private readonly List<JobRecord> _records = [];
    private readonly Dictionary<string, int> _asks = new(StringComparer.Ordinal);
    private Randomness _ids = new(unchecked((ulong)store.Options.Seed));
    private DateTimeOffset _swept = clock.Now;

    public int LiveCount => _live.Values.Count(j => !j.IsExpired);

    public int Peak { get; private set; }

    /// <summary>Number of jobs created so far.</summary>
    public int Created
    {
        get
        {
            lock (_records)
                return _records.Count;
        }
    }

    public IReadOnlyList<JobRecord> Records
    {
        get
        {
            lock (_records)
                return [.. _records];
        }
    }

    /// <returns>The new job; null if there are too many.</returns>
    /// <exception cref="FormatException">The query or its times are refused.</exception>
    public SimulatedJob? Create(CreateRequest request)
    {
        string id;
        lock (_records)
            id = "24-" + Utf8.Text(_ids.Letters(24));
        var job = new SimulatedJob(id, request, store, clock);
        lock (_records)
        {
            Sweep();
            job.Record.Ask = NextAsk(job.Record.AroundEventId ?? "", job.Record.QueryString,
                new TimeRange(job.Record.StartMs, job.Record.EndMs, false));
            if (WrongResult.Refusal(store.Options.AnswerFaults, job.Answer) is { } refusal)
                throw new QueryException(refusal);
            if (_live.Count >= store.Options.MaxJobs && LiveCount >= store.Options.MaxJobs)
                return null;
            _live[id] = job;
            _records.Add(job.Record);
            Peak = Math.Max(Peak, _live.Count);
        }
        return job;
    }

    /// <summary>A streamed answer, for the rules of wrong answers.</summary>
    public AnswerInfo Streamed(string query, TimeRange range)
    {
        lock (_records)
            return new AnswerInfo(AnswerKinds.Stream, query, range.Start, range.End, NextAsk("\0stream", query, range));
    }

    /// <returns>The job, which this keeps alive; null if it is unknown or expired.</returns>
    public SimulatedJob? Touch(string id)
    {
        if (!_live.TryGetValue(id, out var job))
            return null;
        if (job.IsExpired)
        {
            Expire(id);
            return null;
        }
        job.Touched = clock.Now;
        return job;
    }

    public bool Delete(string id)
    {
        if (Touch(id) is null || !_live.TryRemove(id, out var job))
            return false;
        job.Record.IsDeleted = true;
        return true;
    }

    public void Expire(string id)
    {
        if (_live.TryRemove(id, out var job))
            job.Record.IsExpired = true;
    }

    public void ExpireAll()
    {
        foreach (var id in _live.Keys)
            Expire(id);
    }

    public void Reset()
    {
        lock (_records)
        {
            _live.Clear();
            _records.Clear();
            _asks.Clear();
            Peak = 0;
        }
    }

    private int NextAsk(string how, string query, TimeRange range)
    {
        var question = FormattableString.Invariant($"{how}\0{query}\0{range.Start} {range.End}");
        return _asks[question] = _asks.TryGetValue(question, out var asked) ? asked + 1 : 1;
    }

    /// <summary>Removes expired jobs, at most once per second.</summary>
    private void Sweep()
    {
        var now = clock.Now;
        if (now - _swept < TimeSpan.FromSeconds(1))
            return;
        _swept = now;
        foreach (var job in _live)
        {
            if (job.Value.IsExpired)
                Expire(job.Key);
        }
    }
}
