using System.Globalization;
using LogScalePaging.Cli;
using LogScalePaging.EndToEnd.Tests.Cli;
using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Schedules;
using LogScalePaging.Paging;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Schedules;

/// <summary>
/// Many runs of one schedule from a seed, with late events, and with something that goes wrong in most runs: a killed process, a crash or
/// a stop at a random moment, a second run at the same time, moved clocks, a server that does not answer, and missed runs. The server means
/// anything by ingest times, and changes its mind, except with seeds 1, 5, 9 and so on. With an odd seed, the clock of this machine is that
/// of the server, so that ingest times are used.
/// </summary>
internal sealed class ScheduleScenario(int seed, bool withProcesses) : IDisposable
{
    private const int Runs = 60;
    // Nothing goes wrong in the last runs, so that each late event that can be found is found.
    private const int CleanRuns = 4;

    private static readonly string[] s_changes =
        ["before clock", "before begun", "begun", "before prepared", "prepared", "before committed", "committed", "dropped", "refused",
            "before arrivals", "arrivals"];

    private readonly Random _random = new(seed);
    private readonly ScheduleWorld _world = new() { Own = seed % 2 == 0 ? null : new ManualTimeProvider() };
    private long _first;

    /// <summary>What happened, for the message of a failure.</summary>
    public List<string> Story { get; } = [FormattableString.Invariant($"seed {seed}")];

    public void Dispose() => _world.Dispose();

    public async Task RunAsync()
    {
        _first = _world.Now - (long)TimeSpan.FromHours(1).TotalMilliseconds;
        if (_random.Next(3) == 0)
            _world.IngestTime = now => now / 1_000 * 1_000;
        if (seed % 4 != 1)
            ChangeMind();
        await _world.RunAsync();
        for (var run = 0; run < Runs; run++)
        {
            Arrive();
            Wait(TimeSpan.FromSeconds(_random.Next(60, 900)));
            if (_random.Next(15) == 0 && seed % 4 != 1)
                ChangeMind();
            if (_random.Next(12) == 0)
                await WaitLongAsync();
            var (before, isClean) = (_world.Exported().Count, run >= Runs - CleanRuns);
            var what = await OneAsync(isClean ? "clean" : null);
            Story.Add($"run {run} at {_world.Server.Now:HH:mm:ss}: {what}; {_world.Exported().Count - before} events");
            Check(isWhole: false);
        }
        Check(isWhole: true);
    }

    // The state file remembers a server that cannot do it, so most servers can.
    private void ChangeMind()
    {
        var modes = Enum.GetValues<IngestTimeMode>();
        _world.Server.Options.IngestTime = _random.Next(2) == 0 ? IngestTimeMode.Both : modes[_random.Next(modes.Length)];
        Story.Add($"ingest times: {_world.Server.Options.IngestTime}");
    }

    private void Wait(TimeSpan time)
    {
        _world.Wait(time);
        _world.Own?.Advance(time);
    }

    // Windows with 0, 1 and 2 events, and with more. Some events share a time, and some are exactly at the end of a run.
    private void Arrive()
    {
        int[] sizes = [0, 1, 2, 7, 40];
        var count = sizes[_random.Next(sizes.Length)];
        for (var i = 0; i < count; i++)
        {
            var ago = _random.Next(20) switch
            {
                < 14 => TimeSpan.FromMilliseconds(_random.Next(0, 3_000)),
                14 => ScheduleWorld.Lag,
                < 18 => TimeSpan.FromSeconds(_random.Next(1, 3_600)),
                18 => ScheduleWorld.Lookback,
                _ => TimeSpan.FromMinutes(_random.Next(60, 300)),
            };
            // Nothing is from before the schedule.
            _world.Arrive(Math.Max(_world.Now - (long)ago.TotalMilliseconds, _first));
        }
    }

    private async Task WaitLongAsync()
    {
        for (var i = _random.Next(1, 4); i > 0; i--)
        {
            Wait(TimeSpan.FromMinutes(30));
            Arrive();
        }
        Story.Add("runs are missed");
        await Task.CompletedTask;
    }

    private async Task<string> OneAsync(string? kind)
    {
        kind ??= (_random.Next(withProcesses ? 14 : 12)) switch
        {
            0 or 1 => "stopped",
            2 or 3 or 4 => "crashed",
            5 => "overlapping",
            6 => _random.Next(3) == 0 ? "clock ahead" : "moved clock",
            7 => "no answer",
            12 or 13 => "killed",
            _ => "clean",
        };
        try
        {
            return kind switch
            {
                "stopped" => await StoppedAsync(),
                "crashed" => await CrashedAsync(),
                "overlapping" => await OverlappingAsync(),
                "moved clock" => await MovedClockAsync(),
                "clock ahead" => await ClockAheadAsync(),
                "no answer" => await NoAnswerAsync(),
                "killed" => await KilledAsync(),
                _ => $"clean: {Told(await _world.RunAsync())}",
            };
        }
        catch (Exception e) when (e is OperationCanceledException or CrashException || (kind == "no answer" && e is PagingException))
        {
            return $"{kind}: {e.GetType().Name}";
        }
    }

    private async Task<string> StoppedAsync()
    {
        using var stop = new CancellationTokenSource();
        var (moment, seen) = (_random.Next(1, 14), 0);
        void Count(RequestRecord request)
        {
            if (Interlocked.Increment(ref seen) == moment)
                stop.Cancel();
        }
        _world.Server.RequestHandled += Count;
        try
        {
            return $"stopped at request {moment}: {Told(await _world.RunAsync(cancellationToken: stop.Token))}";
        }
        finally
        {
            _world.Server.RequestHandled -= Count;
        }
    }

    private async Task<string> CrashedAsync()
    {
        var moment = s_changes[_random.Next(s_changes.Length)];
        var run = await _world.RunAsync(changed: change =>
        {
            if (change == moment)
                throw new CrashException(moment);
        });
        return $"did not crash at '{moment}': {Told(run)}";
    }

    private async Task<string> OverlappingAsync()
    {
        var moment = s_changes[_random.Next(2, 7)];
        var (refused, reached) = (false, false);
        var run = await _world.RunAsync(changed: change =>
        {
            if (change != moment || reached)
                return;
            reached = true;
            var e = Assert.Throws<ExportException>(() => _world.RunAsync().GetAwaiter().GetResult());
            refused = e.Kind == ExportErrorKind.Locked;
        });
        Assert.Equal(reached, refused);
        return $"a second run {(refused ? "was refused" : "did not begin")}: {Told(run)}";
    }

    private async Task<string> MovedClockAsync()
    {
        var (back, both) = (TimeSpan.FromMinutes(_random.Next(1, 120)), _random.Next(2) == 0);
        var what = $"{(both ? "both clocks were" : "the clock of the server was")} {back.TotalMinutes} min behind: ";
        Move(-back);
        try
        {
            return what + Told(await _world.RunAsync());
        }
        catch (ExportException e) when (e.Kind == ExportErrorKind.WatermarkInFuture)
        {
            return what + e.Kind;
        }
        finally
        {
            Move(back);
        }

        void Move(TimeSpan time)
        {
            _world.Wait(time);
            if (both)
                _world.Own?.Advance(time);
        }
    }

    // Only the clock of this machine shows that the server's is wrong. The real one is far ahead, so it shows nothing here.
    private async Task<string> ClockAheadAsync()
    {
        if (_world.Own is null)
            return await MovedClockAsync();
        var ahead = TimeSpan.FromHours(_random.Next(1, 100_000));
        _world.Wait(ahead);
        try
        {
            return $"the clock of the server was {ahead.TotalHours} h ahead: {Told(await _world.RunAsync())}";
        }
        finally
        {
            _world.Wait(-ahead);
        }
    }

    // The server goes away before the run or in it.
    private async Task<string> NoAnswerAsync()
    {
        var from = _random.Next(1, 12);
        _world.Server.Options.Faults = new FaultPlan().Add(Fault.Of(FaultKind.ResetBefore), nth: from, times: int.MaxValue);
        try
        {
            using var bench = new TestBench(_world.Server, o => o with { MaxRetryCount = 0 });
            return $"no answer from request {from} on: {Told(await _world.RunAsync(bench: bench))}";
        }
        finally
        {
            _world.Server.Options.Faults = new FaultPlan();
        }
    }

    private async Task<string> KilledAsync()
    {
        var environment = new Dictionary<string, string?>
        {
            ["LOGSCALE_BASE_URL"] = _world.Server.BaseUrl.AbsoluteUri,
            ["LOGSCALE_REPO"] = _world.Server.Repository,
            ["LOGSCALE_TOKEN"] = _world.Server.Token,
        };
        string[] args = ["export", "-q", TestBench.Query, "-s", "1h", "--watermark", _world.State, "--lag", "5m", "--lookback", "1h",
            "-o", _world.In("events-{start:yyyyMMdd-HHmmssfff}.ndjson")];
        using var process = new CliProcess(_world.Folder, environment, args);
        var moment = _random.Next(1, 40);
        using var pulled = new Moments(_world.Server, _world.Folder, moment, process.Kill);
        var code = await process.ExitAsync();
        Assert.True(code is ExitCode.Complete or 137, process.Error);
        return string.Create(CultureInfo.InvariantCulture, $"killed at moment {moment}: exit code {code}");
    }

    private void Check(bool isWhole)
    {
        var story = string.Join('\n', Story);
        var exported = _world.Exported();
        Assert.True(exported.Count == exported.Distinct(StringComparer.Ordinal).Count(), "an event is exported twice\n" + story);
        if (!isWhole)
            return;
        var missing = _world.Arrived.Where(e => e.Time <= _world.Now - ScheduleWorld.Lag.TotalMilliseconds - 1 && !exported.Contains(e.Id))
            .ToList();
        var state = WatermarkState.Read(_world.State);
        Assert.True(missing.Count == state.TooLate, $"{missing.Count} events are missing, {state.TooLate} were reported\n{story}");
        Assert.Equal(exported.Count, state.Events);
        Story.Add($"in the end: {state.Arrivals}");
        Assert.Null(state.Pending);
        _world.AssertValid();
        Assert.True(Directory.GetDirectories(_world.Folder).Length == 0, "a folder of parts is left\n" + story);
    }

    private static string Told(ScheduledExportResult run) =>
        $"{run.State}, {run.Exports.Count} steps, {run.Events} events, {run.Recovered} recovered, {run.TooLate} too late, "
            + $"gap {run.HasGap}, {run.Reason}";

    private sealed class CrashException(string moment) : Exception(moment);
}
