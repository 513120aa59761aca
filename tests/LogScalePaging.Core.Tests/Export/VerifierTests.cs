using LogScalePaging.Export.Verification;
using static LogScalePaging.Core.Tests.Export.Verifying;

namespace LogScalePaging.Core.Tests.Export;

/// <summary>Exports that the verifier accepts.</summary>
public sealed class VerifierTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("x.json")]
    [InlineData("x.ndjson")]
    [InlineData("x.csv")]
    [InlineData("x.json.gz")]
    [InlineData("x.ndjson.gz")]
    [InlineData("x.csv.gz")]
    public void AWholeExport_IsValid_WithAnyNumberOfEvents(string name)
    {
        foreach (var count in new[] { 0, 1, 2, 300, 25_000 })
        {
            var target = _folder.Target(name) with { Force = true };
            Make.Export(target, Make.Events(count));
            var reports = new List<long>();
            var result = ExportVerifier.Verify(target.Path, new Reports(reports), CancellationToken.None);
            Assert.Equal([], Failed(result));
            Assert.True(result.IsValid);
            Assert.Equal(count, result.Manifest!.Counts.Written);
            Assert.Equal(count, reports[^1]);
        }
    }

    [Fact]
    public void HostileRows_AreValid()
    {
        foreach (var name in new[] { "x.json", "x.ndjson", "x.csv" })
        {
            Make.Export(_folder.Target(name), HostileEvents.Events());
            Assert.Equal([], Failed(Verify(_folder.In(name))));
        }
    }

    [Fact]
    public void ManifestAndOutput_BothFindTheExport()
    {
        var target = _folder.Exported("x.json");
        Assert.True(Verify(target.ManifestPath).IsValid);
        var rotated = _folder.Target("y.ndjson.gz") with { MaxFileEvents = 5 };
        Make.Export(rotated, Make.Events(12));
        Assert.True(Verify(_folder.In("y-00002.ndjson.gz")).IsValid);
        Assert.True(Verify(rotated.Path).IsValid);
    }

    [Fact]
    public void RowsWithoutIdOrTime_AreValid_ButReported()
    {
        foreach (var name in new[] { "x.json", "x.csv" })
        {
            var target = _folder.Target(name) with { Property = ["n"] };
            Make.Export(target, Make.Events(12));
            var result = Verify(target.Path);
            Assert.Equal([], Failed(result));
            Assert.Contains("12 of 12 rows have no @id", result.Findings.Single(f => f.Check == "UniqueId").Detail,
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public void DisorderThatTheManifestStates_IsValid()
    {
        var target = _folder.Target("x.json");
        Make.Export(target, [Make.Event(1, 5), Make.Event(2, 9), Make.Event(3, 7)]);
        Assert.Equal([], Failed(Verify(target.Path)));
    }

    [Fact]
    public void Verifying_CanBeCancelled()
    {
        var target = _folder.Exported("x.ndjson", 30_000);
        using var cancel = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => ExportVerifier.Verify(target.Path, new CancelAtOnce(cancel), cancel.Token));
    }

    private sealed class Reports(List<long> values) : IProgress<long>
    {
        public void Report(long value) => values.Add(value);
    }

    private sealed class CancelAtOnce(CancellationTokenSource cancel) : IProgress<long>
    {
        public void Report(long value) => cancel.Cancel();
    }
}
