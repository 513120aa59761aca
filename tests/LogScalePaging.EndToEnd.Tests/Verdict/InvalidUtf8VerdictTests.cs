using System.Text;
using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Verdict;

/// <summary>Bytes that are not UTF-8 are written as U+FFFD, in every format, and said.</summary>
public sealed class InvalidUtf8VerdictTests
{
    [Theory]
    [InlineData("events.ndjson", 150, SearchStrategy.Auto)]
    [InlineData("events.ndjson", 3_000, SearchStrategy.Window)]
    [InlineData("events.ndjson", 600, SearchStrategy.Around)]
    [InlineData("events.ndjson", 3_000, SearchStrategy.Stream)]
    [InlineData("events.json", 600, SearchStrategy.Auto)]
    [InlineData("events.csv", 600, SearchStrategy.Auto)]
    [InlineData("events.ndjson.gz", 600, SearchStrategy.Auto)]
    [InlineData("events.csv.gz", 600, SearchStrategy.Auto)]
    public async Task A_file_is_valid_utf8_and_complete(string name, int count, SearchStrategy strategy)
    {
        using var bench = new VerdictBench(new EventDefects { InvalidUtf8 = 0.05 }).Fill(count);
        var spec = VerdictBench.Spec(strategy);
        var run = await bench.ExportAsync(spec, name);
        Assert.True(run.State == Paging.Verdicts.CompletenessState.Complete, $"Complete was expected: {run}");
        if (!name.Contains("csv", StringComparison.Ordinal))
            run.AssertComplete(bench.Truth(spec));
        run.AssertVerified();
        var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bench.LastFile());
        Assert.Contains('\ufffd', text);
        Assert.NotEmpty(run.Warnings);
        Assert.NotEmpty(run.Manifest!.Warnings);
    }

    [Fact]
    public async Task Pages_are_complete_and_invalid_bytes_are_reported()
    {
        using var bench = new VerdictBench(new EventDefects { InvalidUtf8 = 0.05 }).Fill(600);
        var run = await bench.WalkAsync(VerdictBench.Spec());
        run.AssertComplete(bench.Truth());
        Assert.NotEmpty(run.Warnings);
    }
}
