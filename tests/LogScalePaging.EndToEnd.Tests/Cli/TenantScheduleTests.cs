using System.Globalization;
using LogScalePaging.Cli;
using LogScalePaging.EndToEnd.Tests.Schedules;
using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.Falcon;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Cli;

/// <summary>Schedules of several child tenants, each with a watermark of its own.</summary>
public sealed class TenantScheduleTests : IDisposable
{
    private readonly CliWorld _world = new(0);
    private readonly LogScaleSimulator _server = LogScaleSimulator.Start(new SimulatorOptions
    {
        EventCount = 100,
        Gateway = new GatewayOptions { Tenants = GatewayTenant.Generate(4, 250) },
    });

    private int _late;

    public TenantScheduleTests()
    {
        _world.Environment.Clear();
        _world.Environment[FalconConnectionSettings.BaseUrlVariable] = _server.BaseUrl.AbsoluteUri;
        _world.Environment[FalconConnectionSettings.ClientIdVariable] = "simulator-client";
        _world.Environment[FalconConnectionSettings.ClientSecretVariable] = "simulator-client-secret";
    }

    private string[] Cids => [.. _server.Options.Gateway!.Tenants.Select(t => t.Cid)];

    private string[] Command => ["export", "-q", "*", "-s", "48h", "-m", string.Join(',', Cids), "--lag", "0s", "--lookback", "1h",
        "--max-step", "30d", "--watermark", _world.In("{cid}.state"), "-o", _world.In("{cid}-{start:yyyyMMddHHmmssfff}.ndjson")];

    public void Dispose()
    {
        _server.Dispose();
        _world.Dispose();
    }

    [Fact]
    public async Task A_failed_tenant_keeps_its_watermark_and_the_others_move_on()
    {
        var bad = Cids[2];
        var rule = new FaultRule
        {
            Fault = Fault.Status(500, "Internal error"),
            Kind = RequestKind.Create,
            Times = int.MaxValue,
            When = r => r.MemberCid == bad,
        };
        Late();
        var first = await _world.RunAsync(Command);
        Assert.True(first.Code == ExitCode.Complete, first.Error);
        Assert.Contains("Complete: all 4 tenants are complete.", first.Error, StringComparison.Ordinal);
        AssertEachOnce(Cids);
        var before = Cids.ToDictionary(cid => cid, cid => File.ReadAllText(State(cid)));

        Late();
        _server.Options.Faults.Add(rule);
        var second = await _world.RunAsync([.. Command, "--max-retries", "0"]);
        Assert.Equal(ExitCode.Incomplete, second.Code);
        Assert.Contains($"error: {bad}: ", second.Error, StringComparison.Ordinal);
        Assert.Contains($"Incomplete: 3 of 4 tenants are complete; 1 failed: {bad}.", second.Error, StringComparison.Ordinal);
        Assert.Equal(before[bad], await File.ReadAllTextAsync(State(bad)));
        Assert.All(Cids.Where(cid => cid != bad), cid => Assert.NotEqual(before[cid], File.ReadAllText(State(cid))));
        AssertEachOnce([.. Cids.Where(cid => cid != bad)]);

        _server.Options.Faults = new FaultPlan();
        var third = await _world.RunAsync(Command);
        Assert.True(third.Code == ExitCode.Complete, third.Error);
        AssertEachOnce(Cids);
        Assert.Equal(0, _server.LiveJobCount);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_tenant_that_is_behind_is_not_among_the_complete_ones(bool requiresComplete)
    {
        var (slow, limit) = (Cids[3], TimeSpan.FromHours(1));
        // Three tenants have one short step, and the fourth one has many.
        var first = await _world.RunAsync([.. Command.Select(word => word.Contains(',') ? string.Join(',', Cids[..3]) : word)]);
        Assert.True(first.Code == ExitCode.Complete, first.Error);
        var time = new LeapingTimeProvider(ordinary: TimeSpan.FromHours(2));
        using var others = new CountdownEvent(3);
        var isOver = 0;
        bool LeapInStep(RequestInfo request)
        {
            // A step that begins after the limit would get one second, and only a step that runs already is whole in any case.
            if (request.MemberCid == slow && Directory.GetDirectories(_world.Folder, $"{slow}-*").Length > 0
                && Interlocked.Exchange(ref isOver, 1) == 0 && others.Wait(TimeSpan.FromSeconds(60)))
                time.Leap(limit);
            return false;
        }
        void Count(RequestRecord request)
        {
            // Each tenant revokes its token at its end.
            if (request.Kind == RequestKind.Revoke && !others.IsSet)
                others.Signal();
        }
        _world.Time = time;
        _server.Options.Faults.Add(new FaultRule { Fault = Fault.Status(500, "never sent"), When = LeapInStep });
        _server.RequestHandled += Count;
        string[] stopped = [.. Command.Select(word => word == "30d" ? "1h" : word), "--stop-after", "1h"];
        var run = await _world.RunAsync([.. stopped, .. requiresComplete ? (string[])["--require-complete"] : []]);
        _server.RequestHandled -= Count;
        _server.Options.Faults = new FaultPlan();
        Assert.True(run.Code == ExitCode.Incomplete, run.Error);
        Assert.Contains($"{slow}: Behind: the run was stopped after 1h, the time given by --stop-after.", run.Error,
            StringComparison.Ordinal);
        Assert.Contains($"Incomplete: 3 of 4 tenants are complete; 1 behind: {slow}.", run.Error, StringComparison.Ordinal);
        var rest = await _world.RunAsync(Command);
        Assert.True(rest.Code == ExitCode.Complete, rest.Error);
        Assert.Contains("Complete: all 4 tenants are complete.", rest.Error, StringComparison.Ordinal);
        AssertEachOnce(Cids);
    }

    [Fact]
    public async Task Events_that_are_too_late_are_in_the_verdict_over_all_tenants()
    {
        string[] command = [.. Command.Select((word, i) => i > 0 && Command[i - 1] == "--lookback" ? "1m" : word)];
        var first = await _world.RunAsync(command);
        Assert.True(first.Code == ExitCode.Complete, first.Error);
        Late();
        var late = await _world.RunAsync([.. command, "--require-complete"]);
        Assert.True(late.Code == ExitCode.Unverified, late.Error);
        Assert.Contains("Complete: all 4 tenants are complete; 4 with events that arrived too late and are in no file: ", late.Error,
            StringComparison.Ordinal);
    }

    [UnixTheory]
    [InlineData(6)]
    [InlineData(25)]
    [InlineData(45)]
    [InlineData(70)]
    public async Task Each_event_of_each_tenant_is_exported_once_after_a_kill(int moment)
    {
        Late();
        using (var process = new CliProcess(_world.Folder, _world.Environment, Command))
        {
            using var kill = new Moments(_server, _world.Folder, moment, process.Kill);
            await process.ExitAsync();
        }
        Late();
        var outcome = await _world.RunAsync(Command);
        Assert.True(outcome.Code == ExitCode.Complete, outcome.Error);
        outcome = await _world.RunAsync(Command);
        Assert.True(outcome.Code == ExitCode.Complete, outcome.Error);
        AssertEachOnce(Cids);
        Assert.Empty(Directory.GetDirectories(_world.Folder));
    }

    [UnixTheory]
    [InlineData(12)]
    [InlineData(30)]
    [InlineData(60)]
    public async Task An_interrupted_run_names_the_tenants_and_the_next_one_continues(int request)
    {
        var seen = 0;
        _server.RequestHandled += _ =>
        {
            if (Interlocked.Increment(ref seen) == request)
                _world.Interrupt();
        };
        string[] command = [.. Command.Select(word => word == "30d" ? "1h" : word)];
        var run = await _world.RunAsync(command);
        Assert.True(run.Code == ExitCode.Interrupted, run.Error);
        Assert.Contains("Incomplete: 0 of 4 tenants are complete; 4 interrupted: ", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("failed", run.Error, StringComparison.Ordinal);
        Assert.Equal(0, _server.LiveJobCount);
        Assert.All(Directory.GetFiles(_world.Folder, "*.state"), file => Assert.NotNull(WatermarkState.Read(file).Identity));
        using var next = new CliProcess(_world.Folder, _world.Environment, Command);
        Assert.Equal(ExitCode.Complete, await next.ExitAsync());
        AssertEachOnce(Cids);
        Assert.Empty(Directory.GetDirectories(_world.Folder));
    }

    [Fact]
    public async Task One_tenant_can_have_its_name_in_the_watermark_too()
    {
        string[] one = [.. Command.Select(word => word == string.Join(',', Cids) ? Cids[1] : word)];
        var outcome = await _world.RunAsync(one);
        Assert.True(outcome.Code == ExitCode.Complete, outcome.Error);
        AssertEachOnce([Cids[1]]);
        Assert.False(File.Exists(State(Cids[0])));
    }

    [Theory]
    [InlineData("one.state", "{cid}-{start}.ndjson", "*", "Several tenants need a watermark file each. Put {cid} into --watermark")]
    [InlineData("{when}.state", "{cid}-{start}.ndjson", "*", "unknown placeholder '{when}'")]
    [InlineData("{cid}.state", "{start}.ndjson", "*", "Several tenants need a file each.")]
    [InlineData("{cid}.state", "{cid}.ndjson", "*", "would be the output of each run")]
    [InlineData("{cid}.state", "{cid}-{start}.ndjson", "* | count()", "cannot be continued from a watermark")]
    public async Task A_wrong_use_is_refused_before_anything_is_fetched(string watermark, string path, string query, string words)
    {
        var outcome = await _world.RunAsync("export", "-q", query, "-m", string.Join(',', Cids), "--watermark", _world.In(watermark), "-o",
            _world.In(path));
        Assert.True(outcome.Code is ExitCode.Usage or ExitCode.Failed, outcome.Error);
        Assert.Contains(words, outcome.Error, StringComparison.Ordinal);
        Assert.Equal(0, _server.RequestCount);
        Assert.Empty(Directory.GetFileSystemEntries(_world.Folder));
    }

    private string State(string cid) => _world.In($"{cid}.state");

    // An event of each tenant that arrives now, with a time of some minutes ago.
    private void Late()
    {
        foreach (var cid in Cids)
        {
            var time = _server.Now.AddMinutes(-20).ToUnixTimeMilliseconds();
            var times = string.Create(CultureInfo.InvariantCulture, $"\"@timestamp\":{time},\"@ingesttimestamp\":\"{time + 1_200_000}\"");
            _server.EventsOf(cid).Add($$"""{"@id":"late{{++_late}}_0_7_1",{{times}},"cid":"{{cid}}"}""");
        }
    }

    private void AssertEachOnce(string[] cids)
    {
        foreach (var cid in cids)
        {
            string[] rows = [.. Directory.GetFiles(_world.Folder, $"{cid}-*.ndjson").SelectMany(File.ReadAllLines)];
            Assert.Equal(_server.EventsOf(cid).Matching().Order(StringComparer.Ordinal), rows.Order(StringComparer.Ordinal));
            Assert.Equal(rows.Length, WatermarkState.Read(State(cid)).Events);
        }
    }
}
