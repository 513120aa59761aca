using System.IO.Compression;
using LogScalePaging.Cli;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Cli;

/// <summary>Exports in several files.</summary>
public sealed class RotationTests
{
    [Fact]
    public async Task By_events()
    {
        using var world = new CliWorld(450);
        var outcome = await world.ExportAsync("x.ndjson", "--max-file-events", "200");
        Assert.Equal(ExitCode.Complete, outcome.Code);
        Assert.Equal([200, 200, 50], Names(world, "x", ".ndjson").Select(n => world.Lines(n).Length));
        Assert.Equal(world.Expected, Names(world, "x", ".ndjson").SelectMany(n => world.Lines(n)));
        Assert.Contains("x-00003.ndjson", outcome.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(world.In("x.ndjson")));
        Assert.Contains("Valid: 450 events in 3 files", (await world.RunAsync("verify", world.In("x.ndjson"))).Error,
            StringComparison.Ordinal);
        Assert.Contains("Valid: 450 events in 3 files", (await world.RunAsync("verify", world.In("x-00002.ndjson"))).Error,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x.ndjson.gz", ".ndjson.gz")]
    [InlineData("x.csv", ".csv")]
    [InlineData("x.json", ".json")]
    public async Task By_size(string name, string ending)
    {
        using var world = new CliWorld(450);
        var outcome = await world.ExportAsync(name, "--max-file-size", "10kB");
        Assert.Equal(ExitCode.Complete, outcome.Code);
        var files = Names(world, "x", ending);
        Assert.InRange(files.Count, 3, 20);
        Assert.All(files, f => Assert.InRange(Plain(world.In(f)).Length, 1, 10_000));
        Assert.Equal(ExitCode.Complete, (await world.RunAsync("verify", world.In(name))).Code);
    }

    [Theory]
    [InlineData("missing", "FileExists")]
    [InlineData("another byte", "Sha256")]
    [InlineData("cut", "FileSize")]
    public async Task One_bad_file_of_several_is_named(string damage, string check)
    {
        using var world = new CliWorld(450);
        await world.ExportAsync("x.ndjson.gz", "--max-file-events", "100");
        var file = world.In("x-00003.ndjson.gz");
        var bytes = File.ReadAllBytes(file);
        if (damage == "missing")
            File.Delete(file);
        else if (damage == "cut")
            File.WriteAllBytes(file, bytes[..^10]);
        else
            File.WriteAllBytes(file, [.. bytes[..50], (byte)(bytes[50] ^ 1), .. bytes[51..]]);
        var outcome = await world.RunAsync("verify", world.In("x.ndjson.gz"));
        outcome.Failed(ExitCode.Incomplete, $"WRONG  x-00003.ndjson.gz: {check}");
        Assert.DoesNotContain("WRONG  x-00002", outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--resume")]
    [InlineData("--resume", "--max-file-events", "300", "--max-file-size", "1MB")]
    public async Task A_resumed_one_has_the_bytes_of_an_undisturbed_one_or_is_refused(params string[] flags)
    {
        using var world = new CliWorld(3_000, crowd: 150, new SimulatorOptions { MaxTail = 200 });
        string[] limits = ["--max-file-events", "300", "--max-file-size", "50kB"];
        await world.ExportAsync("whole.ndjson", limits);
        world.Server.Reset();
        world.Server.Faults.Add(Fault.Status(500, "the disk of the server burns"), RequestKind.Create, nth: 9, times: int.MaxValue);
        var broken = await world.ExportAsync("x.ndjson", [.. limits, "--strategy", "around", "--max-retries", "0"]);
        Assert.Equal(ExitCode.Incomplete, broken.Code);
        Assert.Contains("--max-file-size 50kB", broken.Error, StringComparison.Ordinal);
        world.Server.Faults.Clear();

        // Other limits would be another output: both values are said.
        (await world.ExportAsync("x.ndjson", flags)).Failed(ExitCode.Failed, "limit of bytes per file", "50,000",
            flags.Length == 1 ? "(none)" : "1,000,000");
        Assert.Equal(ExitCode.Complete, (await world.ExportAsync("x.ndjson", [.. limits, "--resume"])).Code);
        var names = Names(world, "whole", ".ndjson");
        Assert.True(names.Count > 5);
        Assert.Equal(names.Select(n => File.ReadAllText(world.In(n))),
            Names(world, "x", ".ndjson").Select(n => File.ReadAllText(world.In(n))));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Another_compression_is_refused_on_resume(bool compressed)
    {
        using var world = new CliWorld(3_000, options: new SimulatorOptions { MaxTail = 200 });
        world.Server.Faults.Add(Fault.Status(500, "no"), RequestKind.Create, nth: 9, times: int.MaxValue);
        string[] asked = compressed ? ["--gzip"] : [];
        Assert.Equal(ExitCode.Incomplete,
            (await world.ExportAsync("x.ndjson", ["--strategy", "around", "--max-retries", "0", .. asked])).Code);
        world.Server.Faults.Clear();
        (await world.ExportAsync("x.ndjson", compressed ? ["--resume"] : ["--resume", "--gzip"])).Failed(ExitCode.Failed, "compression",
            "'gzip'", "'none'");
        Assert.Equal(ExitCode.Complete, (await world.ExportAsync("x.ndjson", ["--resume", .. asked])).Code);
        Assert.Equal(compressed, File.ReadAllBytes(world.In("x.ndjson"))[0] == 0x1f);
    }

    [Theory]
    [InlineData("--max-file-size", "100", "at least 1.0 kB")]
    [InlineData("--max-file-size", "0", "at least")]
    [InlineData("--max-file-size", "-5MB", "100MB")]
    [InlineData("--max-file-size", "many", "1GiB")]
    [InlineData("--max-file-size", "10XB", "'10XB'")]
    [InlineData("--max-file-events", "0", "at least 1")]
    [InlineData("--max-file-events", "1k", "whole number")]
    public async Task A_wrong_limit_is_refused_before_anything_is_asked(string option, string value, string words)
    {
        using var world = new CliWorld(5);
        (await world.ExportAsync("x.json", option, value)).Failed(ExitCode.Usage, option, words);
        Assert.Equal(0, world.Server.RequestCount);
    }

    [Fact]
    public async Task Standard_output_is_one_stream()
    {
        using var world = new CliWorld(5);
        (await world.ExportAsync("-", "--max-file-events", "5")).Failed(ExitCode.Usage, "standard output");
    }

    private static List<string> Names(CliWorld world, string stem, string ending) =>
        [.. Directory.GetFiles(world.Folder, $"{stem}-*{ending}").Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)];

    private static byte[] Plain(string path)
    {
        if (!path.EndsWith(".gz", StringComparison.Ordinal))
            return File.ReadAllBytes(path);
        using var gzip = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        gzip.CopyTo(plain);
        return plain.ToArray();
    }
}
