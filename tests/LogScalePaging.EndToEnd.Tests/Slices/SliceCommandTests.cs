using LogScalePaging.Cli;
using LogScalePaging.EndToEnd.Tests.Cli;
using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.Export.Slices;
using LogScalePaging.Simulator;
using LogScalePaging.TestServers;

namespace LogScalePaging.EndToEnd.Tests.Slices;

/// <summary>plan, slice and merge on the command line, with the exit codes that an engine needs.</summary>
public sealed class SliceCommandTests : IDisposable
{
    private readonly CliWorld _world = new(events: 2_000, crowd: 300);

    private static string Start => DateTimeOffset.FromUnixTimeMilliseconds(TestBench.Newest).AddDays(-1).ToString("O");

    private static string End => DateTimeOffset.FromUnixTimeMilliseconds(TestBench.Newest + 1).ToString("O");

    private string PlanPath => _world.In("plan.json");

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData(SliceIndex.SlurmVariable)]
    [InlineData(SliceIndex.KubernetesVariable)]
    public async Task An_array_exports_what_one_run_exports(string variable)
    {
        var planned = await PlanAsync("--slices", "4");
        Assert.Contains("2,000 events in 4 slices", planned.Error, StringComparison.Ordinal);
        for (var i = 3; i >= 0; i--)
        {
            _world.Environment[variable] = i.ToString(System.Globalization.CultureInfo.InvariantCulture);
            Assert.Equal(ExitCode.Complete, (await _world.RunAsync("slice", "--plan", PlanPath)).Code);
        }
        Assert.Equal(ExitCode.Complete, (await _world.RunAsync("merge", "--plan", PlanPath, "-o", _world.In("all.ndjson"))).Code);
        Assert.Equal(_world.Expected, _world.Lines("all.ndjson"));
        Assert.Equal(ExitCode.Complete, (await _world.RunAsync("merge", "--plan", PlanPath)).Code);
    }

    [Fact]
    public async Task The_next_command_of_a_plan_can_be_pasted()
    {
        _world.TerminalWidth = 200;
        var planned = await PlanAsync("--slices", "3");
        var next = Assert.Single(planned.Error.Split('\n'), line => line.StartsWith("  next ", StringComparison.Ordinal));
        Assert.EndsWith("--index 0", next.TrimEnd(), StringComparison.Ordinal);
        Assert.Contains("and the same for each index up to 2", planned.Error, StringComparison.Ordinal);
        Assert.Contains("Planning ... the server is counting", planned.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_slices_can_be_in_another_folder()
    {
        await PlanAsync("--slices", "2", "--format", "csv", "--gzip");
        var folder = Directory.CreateDirectory(_world.In("elsewhere")).FullName;
        foreach (var i in new[] { "0", "1" })
            Assert.Equal(ExitCode.Complete, (await _world.RunAsync("slice", "--plan", PlanPath, "--index", i, "--folder", folder)).Code);
        Assert.Equal(ExitCode.PlanDoesNotFit, (await _world.RunAsync("merge", "--plan", PlanPath)).Code);
        Assert.Equal(ExitCode.Complete,
            (await _world.RunAsync("merge", "--plan", PlanPath, "--folder", folder, "-o", _world.In("all.csv"))).Code);
        Assert.Equal(2_001, _world.Lines("all.csv").Length);
    }

    [Fact]
    public async Task A_missing_or_contradicting_index_is_wrong_usage()
    {
        await PlanAsync("--slices", "2");
        var missing = await _world.RunAsync("slice", "--plan", PlanPath);
        Assert.Equal(ExitCode.Usage, missing.Code);
        Assert.Contains("Use --index,", missing.Error, StringComparison.Ordinal);
        _world.Environment[SliceIndex.SlurmVariable] = "0";
        _world.Environment[SliceIndex.KubernetesVariable] = "1";
        var differ = await _world.RunAsync("slice", "--plan", PlanPath);
        Assert.Equal(ExitCode.Usage, differ.Code);
        Assert.Contains("SLURM_ARRAY_TASK_ID is 0, but JOB_COMPLETION_INDEX is 1", differ.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, (await _world.RunAsync("slice", "--plan", PlanPath, "--index", "0")).Code);
    }

    [Fact]
    public async Task A_plan_that_does_not_fit_is_65()
    {
        await PlanAsync("--slices", "2");
        Assert.Equal(ExitCode.PlanDoesNotFit, (await _world.RunAsync("slice", "--plan", PlanPath, "--index", "2")).Code);
        var text = await File.ReadAllTextAsync(PlanPath);
        await File.WriteAllTextAsync(PlanPath, text.Replace("ProcessRollup2", "ProcessRollup", StringComparison.Ordinal));
        var edited = await _world.RunAsync("slice", "--plan", PlanPath, "--index", "0");
        Assert.Equal(ExitCode.PlanDoesNotFit, edited.Code);
        Assert.Contains("was changed after it was made", edited.Error, StringComparison.Ordinal);
        await File.WriteAllTextAsync(PlanPath, "{}");
        Assert.Equal(ExitCode.PlanDoesNotFit, (await _world.RunAsync("merge", "--plan", PlanPath)).Code);
        Assert.Equal(ExitCode.Failed, (await _world.RunAsync("slice", "--plan", _world.In("nothing.json"), "--index", "0")).Code);
    }

    [Fact]
    public async Task A_server_that_is_busy_or_gone_is_75()
    {
        await PlanAsync("--slices", "2");
        _world.Server.Faults.Add(Fault.Status(503, "busy"), times: int.MaxValue);
        Assert.Equal(ExitCode.TryAgain, (await _world.RunAsync("slice", "--plan", PlanPath, "--index", "0", "--max-retries", "0")).Code);
        _world.Server.Faults.Clear();
        _world.Server.Faults.Add(Fault.Status(401, "who"), times: int.MaxValue);
        Assert.Equal(ExitCode.Failed, (await _world.RunAsync("slice", "--plan", PlanPath, "--index", "0", "--max-retries", "0")).Code);
        _world.Server.Faults.Clear();
        Assert.Equal(ExitCode.Complete, (await _world.RunAsync("slice", "--plan", PlanPath, "--index", "0")).Code);
    }

    [Theory]
    [InlineData("* | count()", "count() combines many events into rows")]
    [InlineData("* | tail(5)", "tail() limits the number of rows")]
    public async Task A_query_that_cannot_be_cut_is_wrong_usage(string query, string why)
    {
        var refused = await _world.RunAsync("plan", "-q", query, "--slices", "2", "-o", PlanPath);
        Assert.Equal(ExitCode.Usage, refused.Code);
        Assert.Contains(why, refused.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("falcon", "--endpoint", "/devices/combined/devices/v1")]
    [InlineData("tanium", "--field", "endpoints")]
    public async Task Lists_cannot_be_cut(string system, string option, string value)
    {
        _world.Environment["FALCON_CLIENT_ID"] = _world.Environment["FALCON_CLIENT_SECRET"] = "made-up-0123456789";
        _world.Environment["TANIUM_URL"] = "http://127.0.0.1:9";
        _world.Environment["TANIUM_TOKEN"] = "token-made-up-0123456789";
        var more = system == "tanium" ? new[] { "--fields", "id,name" } : [];
        var refused = await _world.RunAsync(["plan", "--system", system, option, value, "--slices", "2", "-o", PlanPath, .. more]);
        Assert.Equal(ExitCode.Usage, refused.Code);
        Assert.Contains("cannot be cut into slices", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_is_replaced_only_with_force()
    {
        await PlanAsync("--slices", "2");
        Assert.Equal(ExitCode.Failed, (await PlanRunAsync("--slices", "3")).Code);
        Assert.Equal(ExitCode.Complete, (await PlanRunAsync("--slices", "3", "--force")).Code);
        await File.WriteAllTextAsync(PlanPath, "precious");
        Assert.Equal(ExitCode.Failed, (await PlanRunAsync("--slices", "3", "--force")).Code);
        Assert.Equal("precious", await File.ReadAllTextAsync(PlanPath));
    }

    [Fact]
    public async Task A_slice_that_is_stopped_is_to_try_again_and_the_next_run_continues_it()
    {
        using var world = new CliWorld(6_000, crowd: 300, new SimulatorOptions { MaxTail = 200 });
        var time = new LeapingTimeProvider(ordinary: TimeSpan.FromHours(2));
        var plan = world.In("plan.json");
        await world.RunAsync("plan", "-q", TestBench.Query, "-s", Start, "-e", End, "-o", plan, "--slices", "2", "--parallel", "1");
        world.Time = time;
        var leaps = 0;
        world.Server.Faults.Add(new FaultRule
        {
            Fault = Fault.Status(500, "never sent"),
            When = _ =>
            {
                if (Directory.GetFiles(world.Folder, "part-*.ndjson", SearchOption.AllDirectories).Length > 0
                    && Interlocked.Increment(ref leaps) == 1)
                    time.Leap(new TimeSpan(2, 45, 0));
                return false;
            },
        });
        string[] slice = ["slice", "--plan", plan, "--index", "0", "--stop-after", "2h45m", "--no-operator"];
        var stopped = await world.RunAsync(slice);
        Assert.Equal(ExitCode.TryAgain, stopped.Code);
        Assert.Contains("the time given by --stop-after", stopped.Error, StringComparison.Ordinal);
        Assert.Single(Directory.GetDirectories(world.Folder, "slice-*.partial"));
        world.Server.Faults.Clear();
        Assert.Equal(ExitCode.Complete, (await world.RunAsync(slice)).Code);
        var manifest = await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(world.Folder, "slice-*.manifest.json")));
        Assert.Contains("\"resumes\": 1", manifest, StringComparison.Ordinal);
        Assert.DoesNotContain("\"operator\"", manifest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_slice_and_a_merge_get_a_timestamp()
    {
        using var authority = new TimestampAuthority { Status = 503 };
        await PlanAsync("--slices", "1", "--timestamp-format", "iso", "--no-operator");
        string[] stamp = ["--timestamp-server", authority.Url.AbsoluteUri, "--max-retries", "0"];
        var late = await _world.RunAsync(["slice", "--plan", PlanPath, "--index", "0", .. stamp]);
        Assert.Equal(ExitCode.TryAgain, late.Code);
        Assert.Contains("The export is in place, but its manifest has no timestamp.", late.Error, StringComparison.Ordinal);
        authority.Status = 200;
        var sent = _world.Server.RequestCount;
        Assert.Equal(ExitCode.Complete, (await _world.RunAsync(["slice", "--plan", PlanPath, "--index", "0", .. stamp])).Code);
        Assert.Equal(sent, _world.Server.RequestCount);
        string[] merge = ["merge", "--plan", PlanPath, "-o", _world.In("all.ndjson")];
        Assert.Equal(ExitCode.Complete, (await _world.RunAsync([.. merge, .. stamp])).Code);
        Assert.Equal(2, Directory.GetFiles(_world.Folder, "*.tsr").Length);
        Assert.DoesNotContain("\"machine\"", await File.ReadAllTextAsync(_world.In("all.ndjson.manifest.json")), StringComparison.Ordinal);
        Assert.Contains("\"@timestamp\":\"2025-", _world.Lines("all.ndjson")[0], StringComparison.Ordinal);
        authority.Status = 503;
        Assert.Equal(ExitCode.Failed, (await _world.RunAsync([.. merge, "--force", .. stamp])).Code);
        (await _world.RunAsync([.. merge, "--timestamp-server", "example"])).Failed(ExitCode.Usage, "--timestamp-server");
    }

    private async Task<CliOutcome> PlanAsync(params string[] more)
    {
        var planned = await PlanRunAsync(more);
        Assert.True(planned.Code == ExitCode.Complete, planned.Error);
        return planned;
    }

    private Task<CliOutcome> PlanRunAsync(params string[] more) =>
        _world.RunAsync(["plan", "-q", TestBench.Query, "-s", Start, "-e", End, "-o", PlanPath, .. more]);
}
