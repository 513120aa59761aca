using LogScalePaging.Cli;

namespace LogScalePaging.EndToEnd.Tests.Cli;

public sealed class VerifyTests
{
    [Theory]
    [InlineData("x.json")]
    [InlineData("x.ndjson.gz")]
    [InlineData("x.csv")]
    public async Task A_good_file_is_valid(string name)
    {
        using var world = new CliWorld(450, crowd: 200);
        await world.ExportAsync(name);
        var outcome = await world.RunAsync("verify", world.In(name));
        Assert.Equal(ExitCode.Complete, outcome.Code);
        Assert.Contains("Valid: 450 events", outcome.Error, StringComparison.Ordinal);
        Assert.Empty(outcome.Out);
    }

    [Fact]
    public async Task A_file_with_another_byte_is_not()
    {
        using var world = new CliWorld(450);
        await world.ExportAsync("x.ndjson");
        var bytes = File.ReadAllBytes(world.In("x.ndjson"));
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(world.In("x.ndjson"), bytes);
        var outcome = await world.RunAsync("verify", world.In("x.ndjson"));
        outcome.Failed(ExitCode.Incomplete, "does not match its manifest", "WRONG");
    }

    [Fact]
    public async Task A_file_that_was_cut_is_not()
    {
        using var world = new CliWorld(450);
        await world.ExportAsync("x.ndjson");
        File.WriteAllLines(world.In("x.ndjson"), world.Lines("x.ndjson")[..300]);
        Assert.Equal(ExitCode.Incomplete, (await world.RunAsync("verify", world.In("x.ndjson"))).Code);
    }

    [Fact]
    public async Task Without_a_manifest_there_is_no_verdict()
    {
        using var world = new CliWorld(5);
        await world.ExportAsync("x.ndjson");
        File.Delete(world.In("x.ndjson.manifest.json"));
        (await world.RunAsync("verify", world.In("x.ndjson"))).Failed(ExitCode.Failed, "manifest");
    }

    [Fact]
    public async Task A_manifest_that_was_cut_is_named_in_a_sentence()
    {
        using var world = new CliWorld(5);
        await world.ExportAsync("x.ndjson");
        var manifest = world.In("x.ndjson.manifest.json");
        File.WriteAllText(manifest, File.ReadAllText(manifest)[..200]);
        var outcome = await world.RunAsync("verify", world.In("x.ndjson"));
        outcome.Failed(ExitCode.Failed, $"The manifest '{manifest}' cannot be read: it is not valid JSON from line",
            "or export again with --force");
        Assert.DoesNotContain("BytePosition", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_files_are_checked_each_export_once()
    {
        using var world = new CliWorld(450);
        await world.ExportAsync("a.ndjson");
        await world.ExportAsync("b.csv", "--max-file-events", "100");
        var all = Directory.GetFiles(world.Folder).Order(StringComparer.Ordinal).ToArray();
        Assert.True(all.Length > 6, "two exports and their manifests");
        var outcome = await world.RunAsync(["verify", .. all]);
        Assert.Equal(ExitCode.Complete, outcome.Code);
        Assert.Equal(2, outcome.Error.Split('\n').Count(l => l.Contains("is valid: 450 events", StringComparison.Ordinal)));

        File.AppendAllText(world.In("b-00002.csv"), "x");
        outcome = await world.RunAsync("verify", world.In("nosuch.json"), world.In("b.csv"), world.In("a.ndjson"));
        Assert.Equal(ExitCode.Incomplete, outcome.Code);
        Assert.Equal(2, outcome.Errors.Count);
        Assert.Contains("a.ndjson' is valid", outcome.Error, StringComparison.Ordinal);
        (await world.RunAsync("verify", "")).Failed(ExitCode.Failed, "the path of the file is empty");
    }

    [Fact]
    public async Task A_file_that_is_not_there()
    {
        using var world = new CliWorld(0);
        var outcome = await world.RunAsync("verify", world.In("nosuch.json"));
        Assert.Equal(ExitCode.Failed, outcome.Code);
    }
}
