using LogScalePaging.Diagnostics;
using LogScalePaging.Export.Schedules;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Schedules;

/// <summary>Late events by their ingest time, on servers that mean different things by it.</summary>
public sealed class ScheduleIngestTests : IDisposable
{
    private static readonly TimeSpan s_week = TimeSpan.FromDays(7);

    private readonly ScheduleWorld _world = new();

    public ScheduleIngestTests() => _world.Own = _world.Clock;

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData(IngestTimeMode.Both, 0, true)]
    [InlineData(IngestTimeMode.Ignored, 0, false)]
    [InlineData(IngestTimeMode.Refused, 0, false)]
    [InlineData(IngestTimeMode.AsEventTime, 0, false)]
    [InlineData(IngestTimeMode.RangeIsIngested, 0, false)]
    [InlineData(IngestTimeMode.OnlyIngested, 0, false)]
    [InlineData(IngestTimeMode.Ignored, 4, false)]
    [InlineData(IngestTimeMode.Refused, 4, false)]
    [InlineData(IngestTimeMode.AsEventTime, 4, false)]
    [InlineData(IngestTimeMode.RangeIsIngested, 4, false)]
    [InlineData(IngestTimeMode.OnlyIngested, 4, false)]
    public async Task Each_event_is_exported_once_whatever_the_server_means_by_ingest_times_or_begins_to_mean(
        IngestTimeMode mode, int before, bool works)
    {
        if (before > 0)
        {
            await RunAllAsync(before);
            Assert.Equal(new(true), Trust);
        }
        _world.Server.Options.IngestTime = mode;
        await RunAllAsync(12 - before);
        Assert.Equal(works, Trust.Works);
    }

    [Fact]
    public async Task Only_late_events_of_a_long_look_back_are_read()
    {
        for (var i = 0; i < 600; i++)
            _world.ArriveAgo(TimeSpan.FromMinutes(6 + (i * 15)));
        await RunAsync();
        Late(1, 2);
        _world.ArriveAgo(TimeSpan.FromHours(2));
        var shown = await RunAsync();
        // The test of the server has just passed.
        Assert.Equal((3, 1, true), (shown.Events, shown.Recovered, Trust.Works));
        Assert.InRange(shown.Exports[0].Manifest.Counts.Known, 1, 9);
        var quiet = await RunAsync();
        Assert.Equal((0, 0), (quiet.Events, quiet.Exports[0].Manifest.Counts.Known));
        Assert.Equal(quiet.RangeStart!.Value.ToUnixTimeMilliseconds(), quiet.Exports[0].Manifest.Range.Start);
        _world.ArriveAgo(TimeSpan.FromDays(6));
        var old = await RunAsync();
        Assert.Equal((1, 1, CompletenessState.Complete), (old.Events, old.Recovered, old.State));
        AssertEachOnce();
    }

    [Theory]
    [InlineData(1_000, 1)]
    [InlineData(1_000, 1_000)]
    public async Task Ingest_times_in_whole_seconds_are_enough(long grain, long unit)
    {
        _world.IngestTime = now => now / grain * grain / unit;
        if (unit == 1)
            await RunAllAsync(10);
        else
            await RunAllAsync(10, () => _world.Server.Options.IngestTime = IngestTimeMode.Ignored);
    }

    [Fact]
    public async Task Events_without_an_ingest_time_are_read_again_as_before()
    {
        _world.IngestTime = _ => null;
        await RunAllAsync(6);
        Assert.False(Trust.Works);
    }

    [Fact]
    public async Task A_query_without_the_ingest_time_is_read_again_as_before()
    {
        static SearchSpec Select(SearchSpec spec) => spec with { Query = spec.Query + " | select([@timestamp, @id])" };
        for (var i = 0; i < 6; i++)
        {
            Late(2, 3);
            await RunAsync(search: Select);
        }
        Assert.False(Trust.Works);
        AssertEachOnce();
    }

    [Fact]
    public async Task Nothing_is_known_from_events_that_arrive_at_once()
    {
        for (var i = 0; i < 6; i++)
        {
            _world.Arrive(_world.Now);
            await RunAsync();
        }
        Assert.Null(WatermarkState.Read(_world.State).Arrivals);
        AssertEachOnce();
    }

    [Theory]
    [InlineData(false, 1, "known or were found by their ingest time, so the look-back is read again")]
    [InlineData(true, 0, "count of the look-back proves nothing, because the server warns: Warning: partial result")]
    public async Task An_event_that_becomes_visible_long_after_its_ingest_time_is_found_also_if_the_count_is_partial(
        bool isPartial, int misses, string words)
    {
        await RunAllAsync(4);
        Assert.True(Trust.Works);
        _world.IngestTime = now => now - (long)TimeSpan.FromMinutes(50).TotalMilliseconds;
        Late(45);
        _world.IngestTime = now => now;
        if (isPartial)
            MakeCountPartial(WatermarkState.Read(_world.State).Position);
        var signals = new SignalLog();
        List<string> said = [];
        signals.Emitted += s => said.Add(s.Message);
        var run = await RunAsync(signals: signals);
        Assert.Equal((1, CompletenessState.Complete), (run.Recovered, run.State));
        Assert.Contains(said, s => s.Contains(words, StringComparison.Ordinal));
        Assert.Equal(new(true, misses), Trust);
        await RunAllAsync(2);
        Assert.Equal(new(true), Trust);
    }

    [Fact]
    public async Task An_event_that_arrives_between_the_count_and_the_question_is_exported_once()
    {
        await RunAllAsync(4);
        // It arrives after each of the first requests of a run.
        for (var request = 1; request <= 14; request++)
        {
            var seen = 0;
            void Arrive(RequestRecord handled)
            {
                if (Interlocked.Increment(ref seen) == request)
                    Late(20 + request);
            }
            _world.Server.RequestHandled += Arrive;
            await RunAsync();
            _world.Server.RequestHandled -= Arrive;
        }
        await RunAsync();
        Assert.True(Trust.Works);
        AssertEachOnce();
    }

    [Fact]
    public async Task Without_a_count_the_look_back_is_read_again_as_before()
    {
        for (var i = 0; i < 4; i++)
        {
            Late(2, 3);
            await RunAsync(search: s => s with { NoVerify = true });
        }
        Assert.Null(WatermarkState.Read(_world.State).Arrivals);
        AssertEachOnce();
    }

    [Fact]
    public async Task A_state_file_of_an_earlier_version_is_continued()
    {
        await RunAllAsync(2);
        var text = await File.ReadAllTextAsync(_world.State);
        await File.WriteAllTextAsync(_world.State,
            System.Text.RegularExpressions.Regex.Replace(text, "\"(readAt|arrivals)\": *(\\{[^}]*\\}|[^,}]*),", ""));
        Assert.Equal((null, null), (WatermarkState.Read(_world.State).ReadAt, WatermarkState.Read(_world.State).Arrivals));
        await RunAllAsync(2);
    }

    // Without the warning, this count of the look-back is that of the known events.
    private void MakeCountPartial(long end)
    {
        _world.Server.Options.AnswerFaults.Add(new AnswerFault(AnswerFaultKind.CountOff, -1) { When = a => a.EndMs == end });
        _world.Server.Options.AnswerFaults.Add(new AnswerFault(AnswerFaultKind.Warnings)
        {
            Text = "partial result",
            On = AnswerKinds.Count,
            When = a => a.EndMs == end,
            Times = 1,
        });
    }

    private ArrivalTrust Trust => WatermarkState.Read(_world.State).Arrivals!;

    // Late events, and one that is not, before each run.
    private async Task RunAllAsync(int runs, Action? afterFirst = null)
    {
        for (var run = 0; run < runs; run++)
        {
            Late(2, 7 + run, 25, 55);
            _world.Arrive(_world.Now - 900);
            var result = await RunAsync();
            Assert.Equal(CompletenessState.Complete, result.State);
            afterFirst?.Invoke();
        }
        await RunAsync();
        AssertEachOnce();
    }

    private void Late(params int[] minutes)
    {
        foreach (var ago in minutes)
            _world.ArriveAgo(TimeSpan.FromMinutes(ago));
    }

    private Task<ScheduledExportResult> RunAsync(SignalLog? signals = null, Func<SearchSpec, SearchSpec>? search = null)
    {
        _world.Wait(TimeSpan.FromMinutes(10));
        return _world.RunAsync(search: s => (search?.Invoke(s) ?? s) with { Start = QueryTime.Parse("8d") },
            settings: s => s with { Lookback = s_week, MaxStep = TimeSpan.FromDays(30) }, signals: signals);
    }

    private void AssertEachOnce()
    {
        Assert.Equal(_world.Arrived.Select(e => e.Id).Order(StringComparer.Ordinal), _world.Exported().Order(StringComparer.Ordinal));
        _world.AssertValid();
        Assert.Equal(0, _world.Server.LiveJobCount);
    }
}
