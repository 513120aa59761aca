using System.Security.Cryptography;
using LogScalePaging.Common;
using LogScalePaging.Diagnostics;
using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Store;
using LogScalePaging.Export.Target;
using LogScalePaging.Paging;
using LogScalePaging.Paging.Positions;
using LogScalePaging.Records;
using LogScalePaging.Search;
using LogScalePaging.Search.Ranges;

namespace LogScalePaging.Export.Schedules;

/// <summary>Decides which range the next step of a schedule exports.</summary>
internal sealed class StepPlanning
{
    private readonly SearchRequest _request;
    private readonly ScheduleSettings _settings;
    private readonly SignalLog _signals;

    private StepPlanning(SearchRequest request, ScheduleSettings settings, SignalLog signals) =>
        (_request, _settings, _signals) = (request, settings, signals);

    /// <summary>The query and the server, without a range.</summary>
    public required WalkIdentity Identity { get; init; }

    /// <summary>What the records look like.</summary>
    public required RecordSchema Schema { get; init; }

    /// <summary>What is known about the times of the records.</summary>
    public required StepTraits Traits { get; init; }

    /// <summary>Makes the output of a step, from its start and end in epoch milliseconds.</summary>
    public Func<long, long, ExportTarget> Target { get; set; } = (_, _) => throw new InvalidOperationException("There is no output yet.");

    /// <summary>Prepares the steps of a search. Only the sign-in of a gateway sends something.</summary>
    public static async Task<StepPlanning> OpenAsync(
        SearchConnection connection, SearchRequest request, ScheduleSettings settings, SignalLog signals,
        CancellationToken cancellationToken)
    {
        await connection.FindHomeAsync(signals, cancellationToken).AsPagingAsync().ConfigureAwait(false);
        var search = connection.Open(request, signals);
        await using var _ = search.ConfigureAwait(false);
        return new StepPlanning(request, settings, signals)
        {
            Identity = search.Identity with { Host = connection.Transport.Host, RangeStart = null, RangeEnd = null },
            Schema = search.Schema,
            Traits = connection.StepsOf(request),
        };
    }

    /// <summary>Checks that a watermark belongs to this search.</summary>
    /// <param name="state">The watermark; null before the first run.</param>
    /// <exception cref="CheckpointMismatchException">It belongs to another search.</exception>
    public void EnsureFits(Watermark? state)
    {
        if (state is null)
            return;
        const string Strategy = "Watermark";
        try
        {
            new Checkpoint { Strategy = Strategy, Identity = state.Identity, Position = PagePosition.Of() }.EnsureFits(Strategy, Identity);
            if (Fields(state.Schema) is var saved && Fields(Schema) is var asked && saved != asked)
                throw new CheckpointMismatchException("identity of the records", saved, asked);
            if (state.TimeZone != _request.TimeZone)
                throw new CheckpointMismatchException("time zone", state.TimeZone ?? "none", _request.TimeZone ?? "none");
        }
        catch (CheckpointMismatchException e)
        {
            throw new CheckpointMismatchException(e.What, e.Saved, e.Asked,
                $"The watermark file '{_settings.Path}' belongs to another schedule: its {e.What} is '{e.Saved}', but "
                + $"this run has '{e.Asked}'. Use another watermark file for each search.");
        }
    }

    // The order does not matter. With another identity, no record would be recognised.
    private static string Fields(RecordSchema schema) => $"{schema.IdentityField ?? "all fields"}, {schema.TimeField ?? "no time"}";

    /// <summary>Begins the next step, and saves it as pending.</summary>
    /// <param name="file">The watermark file.</param>
    /// <param name="clock">The clocks.</param>
    /// <param name="warns">Whether to warn about a clock that moved back.</param>
    /// <returns>The step; null if there is none yet.</returns>
    /// <exception cref="ArgumentException">The start of the first run is not a time of the past.</exception>
    /// <exception cref="ExportException">The output of the step cannot be written, or the watermark is too far in the future.</exception>
    public PendingStep? Next(WatermarkFile file, StepClock clock, bool warns)
    {
        var now = clock.Now.ToUnixTimeMilliseconds();
        var state = file.State ?? Begin(clock.Now);
        var end = now - (long)_settings.Lag.TotalMilliseconds;
        var isAhead = clock.Agree && state.Position > now + (long)StepClock.Tolerance.TotalMilliseconds;
        if (isAhead)
        {
            state = MovedBack(state, now, end);
        }
        else if (now < state.LatestNow && warns)
        {
            _signals.Warn(SignalKind.RangePinned,
                $"the clock says {UtcTime.Iso(now)}, but an earlier run saw {UtcTime.Iso(state.LatestNow.Value)}. "
                + "The watermark does not move back, and nothing is exported twice");
        }
        state = state with { LatestNow = clock.Agree ? now : Math.Max(now, state.LatestNow ?? now) };
        if (end <= state.Position)
        {
            if (file.State != state)
                file.Save(state, "clock");
            return null;
        }
        end = Math.Min(end, state.Position + (long)_settings.MaxStep.TotalMilliseconds);
        // A watermark that was moved back is after events that are in no output, until a step from there is committed.
        var from = state.Position < state.MovedFrom
            ? state.KnownFrom
            : Math.Max(state.KnownFrom, state.Position - (long)_settings.Lookback.TotalMilliseconds);
        // The time of a wrong clock is read again, and a step that began then can have the name of this one.
        var named = state.Position < state.MovedFrom && IsTaken(state.Position, end) ? end - 1 : state.Position;
        var next = new PendingStep(Target(named, end).Path, from, state.Position, end) { At = clock.Agree ? now : null, Named = named };
        EnsureFree(next);
        file.Save(Pruned(state, from) with { Pending = next }, "begun");
        return next;
    }

    private Watermark Begin(DateTimeOffset now)
    {
        var start = _request.Range.Start;
        long? firstAt = start.Milliseconds is null ? now.ToUnixTimeMilliseconds() : null;
        var first = start.Milliseconds ?? RelativeTimeWords.Resolve(start.Words ?? "now", now).ToUnixTimeMilliseconds();
        if (first > now.ToUnixTimeMilliseconds())
            throw new ArgumentException(
                $"The first run would begin at {UtcTime.Iso(first)}, which is in the future: the clock "
                    + $"says {UtcTime.Iso(now.ToUnixTimeMilliseconds())}.");
        var key = new byte[32];
        using var random = RandomNumberGenerator.Create();
        random.GetBytes(key);
        return new Watermark
        {
            Identity = Identity,
            Schema = Schema,
            TimeZone = _request.TimeZone,
            Key = Convert.ToBase64String(key),
            First = first,
            FirstAt = firstAt,
            Position = first,
            KnownFrom = first
        };
    }

    // An earlier run saw a clock that was ahead. All rows since KnownFrom are recognised, so the time since then can be read again. The
    // step begins just before its end, because the start gives its file a name that no earlier one has.
    private Watermark MovedBack(Watermark state, long now, long end)
    {
        var (position, time) = (UtcTime.Iso(state.Position), UtcTime.Iso(now));
        var (sawFirst, began) = (SawFirst(state, now), state.First);
        if (sawFirst)
            state = BegunEarlier(state, now);
        if (state.KnownFrom >= end)
            throw new ExportException(ExportErrorKind.WatermarkInFuture, _settings.Path,
                $"The watermark file '{_settings.Path}' says that all events up to {position} are exported, but it is {time} now. The "
                + $"clock of {(sawFirst ? "the first" : "an earlier")} run was wrong, and the file no longer knows the events that are "
                + "exported up to now. Nothing was fetched. " + (sawFirst
                    ? "Move the watermark file and all outputs of this schedule away, and begin again."
                    : "Restore a copy of the file from before that run, and move the outputs since then away. Without a copy, move "
                        + "the watermark file away, and begin again with -Start (--start) at the end of the last output before that run."));
        _signals.Warn(SignalKind.RangePinned,
            $"the watermark was in the future: it was {position}, and it is {time} now. The clock of an earlier run was wrong. The time "
            + $"since {UtcTime.Iso(state.KnownFrom)} is read again, and nothing is exported twice");
        if (!sawFirst && state.FirstAt > now - (long)WatchedHour.Longest.TotalMilliseconds)
            _signals.Warn(SignalKind.RangePinned,
                $"if the clock was wrong in the first run too, the schedule began later than it should, at {UtcTime.Iso(began)}, and events "
                + "before this time are in no output. Export them in a separate command if you need them");
        if (sawFirst)
            _signals.Warn(SignalKind.RangePinned,
                $"the clock of the first run was wrong too, so the schedule began at {UtcTime.Iso(began)} instead of "
                + $"{UtcTime.Iso(state.First)}, and {(state.KnownFrom > state.First
                    ? "events between these times are in no output. Export this range to get them"
                    : "this time is read now")}. The start that was meant can be earlier by the time between the last run with the wrong "
                + "clock and this one. Export that time too if you need it");
        return state with
        {
            Position = Math.Max(state.KnownFrom, end - 1),
            MovedFrom = Math.Max(state.Position, state.MovedFrom ?? state.Position),
            ReadAt = null,
        };
    }

    // The first run began some time before the wrong time, so it began later than it should.
    private static bool SawFirst(Watermark state, long now) => state.FirstAt > now + (long)StepClock.Tolerance.TotalMilliseconds;

    // The start that was meant. If the rows of all outputs are known, the time from there on is read again. Otherwise the missing time is
    // counted as events that arrived too late are.
    private Watermark BegunEarlier(Watermark state, long now)
    {
        var shift = Math.Max(state.LatestNow ?? now, state.FirstAt!.Value) - now;
        var first = state.First - shift;
        var isKnown = state.KnownFrom == state.First;
        return state with
        {
            First = first,
            FirstAt = state.FirstAt - shift,
            KnownFrom = isKnown ? first : state.KnownFrom,
            Watched = isKnown || Traits.MayMoveTimes
                ? []
                : WatchedHour.Until([], first, state.KnownFrom, state.Watched.Select(h => new KeyValuePair<long, long>(h.Start, h.Count))),
            ComparedAll = null,
        };
    }

    private bool IsTaken(long start, long end)
    {
        try
        {
            StoreOpening.EnsureMayBegin(Target(start, end));
            return false;
        }
        catch (ExportException e) when (e.Kind == ExportErrorKind.OutputExists)
        {
            return true;
        }
    }

    // Rows that are not read again are only counted.
    private Watermark Pruned(Watermark state, long from)
    {
        if (from == state.KnownFrom)
            return state;
        var seen = SeenRows.Parse(state.Rows);
        return state with
        {
            KnownFrom = from,
            Rows = seen.From(from).ToText(),
            Watched = Traits.MayMoveTimes ? [] : WatchedHour.Until(state.Watched, state.First, from, seen.CountsBefore(from)),
        };
    }

    private void EnsureFree(PendingStep step)
    {
        try
        {
            StoreOpening.EnsureMayBegin(Target(step.Named, step.End));
        }
        catch (ExportException e) when (e.Kind == ExportErrorKind.ResumableExists)
        {
            throw new ExportException(e.Kind, step.Path,
                $"The folder '{step.Path}{ExportTarget.PartialEnding}' has an unfinished export that does not belong to this "
                + "schedule. Nothing was fetched. Move it away, or use another path.", e);
        }
        catch (ExportException e) when (e.Kind == ExportErrorKind.OutputExists)
        {
            throw new ExportException(ExportErrorKind.BadPath, step.Path,
                $"'{step.Path}' already exists, and a schedule never replaces a file. Nothing was fetched. Each step "
                + "needs its own name: use {start} in the path, or a format as fine as the schedule, such as {start:yyyy-MM-dd-HHmm}.", e);
        }
    }
}
