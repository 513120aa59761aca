using LogScalePaging.Cli;
using LogScalePaging.Common;
using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Cli;

/// <summary>
/// <c>--resume</c> for a scheduler: resume where there is something to resume, else begin, and end at once where all is done.
/// </summary>
public sealed class ResumeOrBeginTests
{
    [Fact]
    public async Task Without_an_earlier_run_it_begins()
    {
        using var world = new CliWorld();
        Assert.Equal(ExitCode.Complete, (await world.ExportAsync("x.ndjson", "--resume")).Code);
        Assert.Equal(world.Expected, world.Lines("x.ndjson"));
    }

    [Theory]
    [InlineData("x.ndjson")]
    [InlineData("x.csv")]
    [InlineData("x.json.gz")]
    [InlineData("x.ndjson", "--max-file-events", "100")]
    [InlineData("x.ndjson", "--fields", "@timestamp,n", "--max-events", "200")]
    public async Task A_finished_output_of_the_same_absolute_range_is_the_result_at_once(string name, params string[] more)
    {
        using var world = new CliWorld();
        string[] args = [.. Absolute(world, name), .. more, "--resume"];
        var first = await world.RunAsync(args);
        Assert.Equal(ExitCode.Complete, first.Code);
        var files = Contents(world);
        world.Server.Reset();

        var again = await world.RunAsync(args);

        Assert.Equal(ExitCode.Complete, again.Code);
        Assert.Empty(world.Server.Requests);
        Assert.Equal(files, Contents(world));
        Assert.Contains(" 0 records/s", again.Error, StringComparison.Ordinal);
        Assert.Contains("Complete: ", again.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_folder_of_a_run_that_was_killed_while_it_deleted_it_goes_with_the_next_run()
    {
        using var world = new CliWorld();
        await world.RunAsync(Absolute(world, "x.ndjson"));
        var folder = Directory.CreateDirectory(world.In("x.ndjson.partial")).FullName;
        File.WriteAllText(Path.Combine(folder, "lock.owner"), "process 1 (other) on elsewhere");
        File.WriteAllText(Path.Combine(folder, "part-a-000001.ndjson"), "{}\n");
        Assert.Equal(ExitCode.Complete, (await world.RunAsync([.. Absolute(world, "x.ndjson"), "--resume"])).Code);
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task A_relative_range_with_a_finished_output_is_refused_and_both_ranges_are_named()
    {
        using var world = new CliWorld();
        await world.RunAsync(Absolute(world, "x.ndjson"));
        world.Server.Reset();
        (await world.ExportAsync("x.ndjson", "--resume")).Failed(ExitCode.Failed, Start(world), End(world), "1d to now", "--force");
        Assert.Empty(world.Server.Requests);
        Assert.Equal(ExitCode.Complete, (await world.ExportAsync("x.ndjson", "--resume", "--force")).Code);
        Assert.NotEmpty(world.Server.Requests);
    }

    [Theory]
    [InlineData("The ranges differ", "-s", "2020-01-01T00:00:00Z")]
    [InlineData("'none'", "--format", "ndjson", "--gzip")]
    [InlineData("limit of events", "--max-events", "3")]
    [InlineData("list of fields", "--fields", "n")]
    [InlineData("list of excluded fields", "--exclude-fields", "n")]
    [InlineData("time zone", "--time-zone", "Europe/Berlin")]
    [InlineData("list of files", "--max-file-events", "100")]
    public async Task A_finished_output_of_another_export_is_refused(string said, params string[] other)
    {
        using var world = new CliWorld();
        await world.RunAsync(Absolute(world, "x.ndjson"));
        world.Server.Reset();
        var args = Absolute(world, "x.ndjson");
        if (other[0] == "-s")
            args = [.. args.Take(3), .. other, .. args.Skip(5)];
        else
            args = [.. args, .. other];
        (await world.RunAsync([.. args, "--resume"])).Failed(ExitCode.Failed, said, Start(world), End(world));
        Assert.Empty(world.Server.Requests);
    }

    [Fact]
    public async Task A_damaged_output_is_not_called_finished()
    {
        using var world = new CliWorld();
        await world.RunAsync(Absolute(world, "x.ndjson"));
        File.AppendAllText(world.In("x.ndjson"), "{}\n");
        (await world.RunAsync([.. Absolute(world, "x.ndjson"), "--resume"])).Failed(ExitCode.Failed, "does not match its manifest",
            Start(world));
    }

    [Fact]
    public async Task A_resumed_relative_range_warns_with_the_range_that_is_read()
    {
        using var world = new CliWorld(3_000, crowd: 150, new SimulatorOptions { MaxTail = 200 });
        world.Server.Faults.Add(Fault.Status(500, "no"), RequestKind.Create, nth: 9, times: int.MaxValue);
        await world.ExportAsync("x.ndjson", "--strategy", "around", "--max-retries", "0");
        world.Server.Faults.Clear();
        var resumed = await world.ExportAsync("x.ndjson", "--resume", "--quiet");
        Assert.Equal(ExitCode.Complete, resumed.Code);
        Assert.Matches("the range is that of the first run, 20..-..-..T.*Z to 20..-..-..T.*Z", resumed.Error);
    }

    private static string[] Absolute(CliWorld world, string name) =>
        ["export", "-q", TestBench.Query, "-s", Start(world), "-e", End(world), "-o", world.In(name)];

    private static string Start(CliWorld world) => UtcTime.Iso(Times(world).Min() - 1000);

    private static string End(CliWorld world) => UtcTime.Iso(Times(world).Max() + 1000);

    private static IEnumerable<long> Times(CliWorld world) =>
        world.Expected.Select(e => LogScale.Events.LogScaleEvents.Parse(System.Text.Encoding.UTF8.GetBytes(e)).Timestamp!.Value);

    private static List<(string, string)> Contents(CliWorld world) =>
        [.. Directory.GetFiles(world.Folder).Order(StringComparer.Ordinal).Select(f => (f, Convert.ToBase64String(File.ReadAllBytes(f))))];
}
