using System.IO.Compression;
using System.Text.Json;
using LogScalePaging.Cli;
using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Cli;

public sealed class StandardOutputTests
{
    [Fact]
    public async Task It_gets_the_events_and_nothing_else()
    {
        using var world = new CliWorld(1_000, crowd: 250);
        var outcome = await world.ExportAsync("-");
        Assert.Equal(ExitCode.Complete, outcome.Code);
        Assert.Equal(world.Expected, outcome.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("Complete: ", outcome.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(world.Folder));
    }

    [Fact]
    public async Task Pages_are_passed_on_as_they_are_received()
    {
        using var output = new WatchedStream();
        using var world = new CliWorld(9_000) { Out = output };
        var handedOn = new System.Collections.Concurrent.ConcurrentBag<long>();
        // The rows of one job are read in slices.
        world.Server.RequestHandled += _ => handedOn.Add(output.Length);
        await world.ExportAsync("-");
        Assert.Contains(handedOn, length => length > 0 && length < output.Length / 2);
    }

    [Fact]
    public async Task It_can_be_csv_with_fields_or_one_json_array()
    {
        using var world = new CliWorld(300);
        var csv = await world.ExportAsync("-", "--format", "csv", "--fields", "n,@timestamp");
        Assert.Equal("n,@timestamp", csv.Out.Split('\n')[0].TrimEnd('\r'));
        Assert.Equal(301, csv.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        var json = await world.ExportAsync("-", "--format", "json");
        using var array = JsonDocument.Parse(json.Out);
        Assert.Equal(300, array.RootElement.GetArrayLength());
    }

    [Theory]
    [InlineData("ndjson")]
    [InlineData("json")]
    public async Task It_can_have_the_fields_that_match(string format)
    {
        using var world = new CliWorld(300);
        var all = await world.ExportAsync("-", "--format", format);
        var some = await world.ExportAsync("-", "--format", format, "--fields", "n,@t*", "--exclude-fields", "@timezone");
        Assert.NotEqual(all.Out, some.Out);
        Assert.Equal(all.Out.Count(c => c == '\n'), some.Out.Count(c => c == '\n'));
        Assert.Contains("{\"n\":", some.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("@id", some.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("@timezone", some.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--fields", "n,@*")]
    [InlineData("--exclude-fields", "n")]
    public async Task Csv_needs_names_without_wildcards(params string[] fields)
    {
        using var world = new CliWorld(5);
        var outcome = await world.ExportAsync("-", ["--format", "csv", .. fields]);
        Assert.Equal(ExitCode.Usage, outcome.Code);
        Assert.Contains("without wildcards", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_can_be_compressed()
    {
        using var output = new WatchedStream();
        using var world = new CliWorld(450) { Out = output };
        await world.ExportAsync("-", "--gzip");
        using var reader = new StreamReader(new GZipStream(new MemoryStream(output.ToArray()), CompressionMode.Decompress));
        Assert.Equal(world.Expected, (await reader.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task A_reader_that_closes_the_pipe_ends_it_without_a_message()
    {
        using var output = new WatchedStream { BreaksAfter = 50_000 };
        using var world = new CliWorld(2_000) { Out = output };
        var outcome = await world.ExportAsync("-");
        Assert.Equal(ExitCode.Incomplete, outcome.Code);
        Assert.Empty(outcome.Error);
        Assert.True(world.Server.Jobs.Count < 8, $"{world.Server.Jobs.Count} jobs");
    }

    [UnixFact]
    public async Task A_real_pipe_that_is_closed_ends_it_too()
    {
        using var world = new CliWorld(20_000);
        using var child = new CliProcess(world, $"$CLI export -q '{TestBench.Query}' -s 1d -o - | head -n 1", []);
        Assert.Equal(0, await child.ExitAsync());
        Assert.Equal(world.Expected.First() + "\n", child.Out);
        Assert.Empty(child.Error);
        Assert.True(world.Server.Jobs.Count < 50, $"{world.Server.Jobs.Count} jobs");
        Assert.Equal(0, world.Server.LiveJobCount);
    }

    [UnixFact]
    public async Task A_full_disk_behind_it_is_an_error()
    {
        using var world = new CliWorld(450);
        using var child = new CliProcess(world, $"$CLI export -q '{TestBench.Query}' -s 1d -o - > /dev/full", []);
        Assert.Equal(ExitCode.Failed, await child.ExitAsync());
        Assert.Equal("error: Standard output cannot be written: No space left on device\n", child.Error, ignoreLineEndingDifferences: true);
        Assert.Equal(0, world.Server.LiveJobCount);
    }

    [Fact]
    public async Task A_walk_that_breaks_off_is_incomplete_and_cannot_be_resumed()
    {
        using var world = new CliWorld(1_500);
        world.Server.Faults.Add(Fault.Status(500, "no"), RequestKind.Create, nth: 5, times: int.MaxValue);
        var outcome = await world.ExportAsync("-", "--max-retries", "0", "--strategy", "around");
        Assert.Equal(ExitCode.Incomplete, outcome.Code);
        Assert.NotEmpty(outcome.Out);
        Assert.Contains("Incomplete: ", outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("--resume", outcome.Error, StringComparison.Ordinal);
    }

    private sealed class WatchedStream : MemoryStream
    {
        private const int BrokenPipe = 32;

        public long BreaksAfter { get; init; } = long.MaxValue;

        // The overload for spans comes here as well.
        public override void Write(byte[] buffer, int offset, int count)
        {
            if (Length >= BreaksAfter)
                throw new IOException("Broken pipe", BrokenPipe);
            base.Write(buffer, offset, count);
        }
    }
}
