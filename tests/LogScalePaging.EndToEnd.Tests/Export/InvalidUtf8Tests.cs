using System.Text;
using LogScalePaging.Diagnostics;
using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.Export.Formats;
using LogScalePaging.Export.Runs;
using LogScalePaging.Export.Target;
using LogScalePaging.Export.Verification;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Export;

/// <summary>A server that sends bytes which are not valid UTF-8.</summary>
public sealed class InvalidUtf8Tests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(SearchStrategy.Around, "e.json")]
    [InlineData(SearchStrategy.Window, "e.ndjson")]
    [InlineData(SearchStrategy.Stream, "e.ndjson")]
    [InlineData(SearchStrategy.Auto, "e.csv")]
    public async Task The_file_is_complete_and_valid_and_says_it(SearchStrategy strategy, string name)
    {
        using var bench = new TestBench(new SimulatorOptions { MaxTail = 200 }).Fill(900);
        bench.Server.Events.AddNormalized(Enumerable.Range(0, 5).Select(i => Bad(i)));
        var target = new ExportTarget { Path = _folder.In(name), Format = ExportFormats.FromPath(name, out _) };
        var signals = new SignalLog();
        var result = await new ExportRun(bench.Connection, new ExportRequest(TestBench.Spec() with { Strategy = strategy }, target),
            signals).RunAsync(default);
        Assert.Equal((CompletenessState.Complete, 905, 5), (result.Completeness.State, result.Manifest.Counts.Written,
            result.Manifest.Counts.InvalidUtf8));
        Assert.Equal(5, Assert.Single(signals.Warnings, w => w.Kind == SignalKind.InvalidUtf8).Count);
        Assert.Contains(result.Manifest.Warnings, w => w.Contains("5 records have bytes that are not valid UTF-8",
            StringComparison.Ordinal));
        Assert.Contains("<\ufffd\ufffd>", new UTF8Encoding(false,
            throwOnInvalidBytes: true).GetString(await File.ReadAllBytesAsync(target.Path)), StringComparison.Ordinal);
        Assert.True(ExportVerifier.Verify(target.Path, null, default).IsValid);
    }

    private static byte[] Bad(int number)
    {
        var json = TestBench.Event(10_000 + number, TestBench.Newest - 5 - (number * 100L));
        return [.. Encoding.UTF8.GetBytes(json[..^1]), .. ",\"bad\":\"<"u8, 0xFF, 0xC3, .. ">\"}"u8];
    }
}
