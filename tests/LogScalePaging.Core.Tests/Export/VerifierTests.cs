using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using LogScalePaging.Export;

namespace LogScalePaging.Core.Tests.Export;

public sealed class VerifierTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static VerificationResult Verify(string path) => ExportVerifier.Verify(path, null, CancellationToken.None);

    private static string[] Failed(VerificationResult result) =>
        [.. result.Findings.Where(f => !f.Passed).Select(f => f.Check).Distinct().Order(StringComparer.Ordinal)];

    // Changes a file and puts size and hash of the manifest right again: what is left to find is found by the rows.
    private static void Tamper(ExportTarget target, Func<string, string> change)
    {
        var text = change(Encoding.UTF8.GetString(Read(target)));
        using (var file = File.Create(target.Path))
        using (var stream = target.Compress ? new GZipStream(file, CompressionLevel.Fastest) : (Stream)file)
            stream.Write(Encoding.UTF8.GetBytes(text));
        Edit(target, m =>
        {
            m["files"]![0]!["bytes"] = new FileInfo(target.Path).Length;
            m["files"]![0]!["sha256"] = FileHash.Sha256(target.Path);
        });
    }

    private static byte[] Read(ExportTarget target)
    {
        using var file = File.OpenRead(target.Path);
        using var stream = target.Compress ? new GZipStream(file, CompressionMode.Decompress) : (Stream)file;
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray();
    }

    private static void Edit(ExportTarget target, Action<JsonNode> change)
    {
        var manifest = JsonNode.Parse(File.ReadAllText(target.ManifestPath))!;
        change(manifest);
        File.WriteAllText(target.ManifestPath, manifest.ToJsonString());
    }

    private ExportTarget Export(string name, int count = 12)
    {
        var target = _folder.Target(name);
        Make.Export(target, Make.Events(count));
        return target;
    }

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

    private sealed class Reports(List<long> values) : IProgress<long>
    {
        public void Report(long value) => values.Add(value);
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
    public void ManifestAndOutput_BothLeadThere()
    {
        var target = Export("x.json");
        Assert.True(Verify(target.ManifestPath).IsValid);
        var rotated = _folder.Target("y.ndjson.gz") with { MaxFileEvents = 5 };
        Make.Export(rotated, Make.Events(12));
        Assert.True(Verify(_folder.In("y-00002.ndjson.gz")).IsValid);
        Assert.True(Verify(rotated.Path).IsValid);
    }

    [Fact]
    public void AMissingManifest_IsNamed_AndSoIsARunThatHasNotEnded()
    {
        var target = Export("x.json");
        File.Delete(target.ManifestPath);
        Assert.Equal(["Manifest"], Failed(Verify(target.Path)));
        File.WriteAllText(target.ManifestPath, "{\"files\":null}");
        Assert.Contains("cannot be read", Verify(target.Path).Findings[0].Detail, StringComparison.Ordinal);
        File.Delete(target.ManifestPath);
        File.Delete(target.Path);
        ExportStore.Create(target, Make.State()).Dispose();
        Assert.Contains("-Resume", Verify(target.Path).Findings[0].Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "it is empty")]
    [InlineData("not at all", "it is no longer JSON from line 1 on")]
    [InlineData("{\n\"state\": \"Complete\",\n\"files\": [", "it is no longer JSON from line 3 on")]
    [InlineData("null", "it lacks what a manifest must have")]
    [InlineData("[]", "it lacks what a manifest must have")]
    [InlineData("{}", "it lacks what a manifest must have")]
    [InlineData("{\"files\":null}", "it lacks what a manifest must have")]
    [InlineData("{\"counts\":{\"written\":\"many\"}}", "its 'counts.written' holds what cannot stand there")]
    public void AManifestThatCannotBeRead_IsNamedInASentence(string text, string why)
    {
        var target = Export("x.json");
        File.WriteAllText(target.ManifestPath, text);
        // Of a file that is whole, so it is no run that has not ended.
        Directory.CreateDirectory(target.PartialPath);
        File.WriteAllText(Path.Combine(target.PartialPath, "checkpoint.json"), "{}");
        var result = Verify(target.Path);
        Assert.False(result.IsValid);
        Assert.Equal(ExportErrorKind.ManifestUnreadable, result.Unreadable!.Kind);
        Assert.Equal(
            $"The manifest '{target.ManifestPath}' cannot be read: {why}. Bring it back from a copy, or export again with -Force (--force).",
            result.Unreadable.Message);
        Assert.Equal(result.Unreadable.Message, Assert.Single(result.Findings).Detail);
    }

    [Fact]
    public void AManifestOfANewerVersion_IsForThatOne()
    {
        var target = Export("x.json");
        Edit(target, m => m["manifestVersion"] = 2);
        var why = Verify(target.Path).Unreadable!.Message;
        Assert.Contains("has layout 2, and this version reads up to 1", why, StringComparison.Ordinal);
        Assert.DoesNotContain("-Force", why, StringComparison.Ordinal);
    }

    [Fact]
    public void AMissingManifest_IsNotAnUnreadableOne()
    {
        var target = Export("x.json");
        File.Delete(target.ManifestPath);
        Assert.Null(Verify(target.Path).Unreadable);
    }

    [Fact]
    public void WhatIsNoExportAtAll_IsSaidToBeNone()
    {
        Assert.Contains("is a folder", Verify(_folder.Root).Findings[0].Detail, StringComparison.Ordinal);
        Assert.Contains("There is no export", Verify(_folder.In("nosuch.json")).Findings[0].Detail, StringComparison.Ordinal);
        File.WriteAllText(_folder.In("notes.txt"), "");
        Assert.Contains("There is no manifest", Verify(_folder.In("notes.txt")).Findings[0].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void TheFolderOfARunThatHasNotEnded_LeadsToIt()
    {
        var target = _folder.Target("x.json");
        ExportStore.Create(target, Make.State()).Dispose();
        Assert.Contains("-Resume", Verify(target.PartialPath).Findings[0].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void AmongFiles_ExportsAreFound()
    {
        var (one, two) = (Export("one.json"), Export("two.bin.ndjson"));
        var odd = _folder.Target("odd.json") with { Path = _folder.In("odd.dat") };
        Make.Export(odd, Make.Events(3));
        File.WriteAllText(_folder.In("notes.txt"), "");
        File.WriteAllText(_folder.In("lost.csv.gz"), "");
        ExportStore.Create(_folder.Target("begun.json"), Make.State()).Dispose();
        var all = Directory.GetFileSystemEntries(_folder.Root);
        // One that has lost its manifest is the one to know of; notes never had one.
        Assert.Equal(
            [_folder.In("lost.csv.gz"), odd.Path, one.Path, two.Path],
            ExportFinder.Among(all, _folder.In("*")).Order(StringComparer.Ordinal));
        Assert.Equal(
            [odd.ManifestPath, one.ManifestPath, two.ManifestPath],
            ExportFinder.Among(all.Where(f => f.EndsWith(".manifest.json", StringComparison.Ordinal)), "*.manifest.json").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void AMissingFile_IsNamed()
    {
        var target = Export("x.json");
        File.Delete(target.Path);
        Assert.Contains("FileExists", Failed(Verify(target.Path)));
    }

    [Theory]
    [InlineData("x.json")]
    [InlineData("x.ndjson.gz")]
    [InlineData("x.csv")]
    public void OneChangedByte_IsSeen(string name)
    {
        var target = Export(name);
        var bytes = File.ReadAllBytes(target.Path);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(target.Path, bytes);
        Assert.Contains("Sha256", Failed(Verify(target.Path)));
    }

    [Theory]
    [InlineData("x.json")]
    [InlineData("x.ndjson")]
    [InlineData("x.ndjson.gz")]
    [InlineData("x.csv")]
    public void ACutFile_IsSeenAsSuch(string name)
    {
        var target = Export(name);
        using (var file = File.OpenWrite(target.Path))
            file.SetLength((file.Length / 2) + 7);
        var failed = Failed(Verify(target.Path));
        Assert.Contains("FileSize", failed);
        Assert.Contains("Sha256", failed);
        Assert.Contains("Rows", failed);
        // A compressed file may end so that its last whole row is whole.
        Assert.True(target.Compress || failed.Contains("RowFormat"));
    }

    [Fact]
    public void ALostRow_IsCounted()
    {
        foreach (var name in new[] { "x.ndjson", "x.ndjson.gz", "x.csv" })
        {
            var target = Export(name);
            Tamper(target, t => string.Concat(t.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(l => !l.Contains("id-5", StringComparison.Ordinal)).Select(l => l + "\n")));
            Assert.Equal(["Rows", "Written"], Failed(Verify(target.Path)));
        }
    }

    [Fact]
    public void ARepeatedRow_IsFoundWithItsNumber()
    {
        var target = Export("x.ndjson");
        Tamper(target, t => t.Replace("id-4\",\"n\":\"4", "id-3\",\"n\":\"4", StringComparison.Ordinal));
        var result = Verify(target.Path);
        Assert.Equal(["UniqueId"], Failed(result));
        Assert.Contains("Row 5 repeats the @id of row 4", result.Findings.Single(f => !f.Passed).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void ADisorder_IsFoundWithItsNumber()
    {
        foreach (var name in new[] { "x.ndjson", "x.csv" })
        {
            var target = Export(name);
            Tamper(target, t => t.Replace("999998", "999990", StringComparison.Ordinal));
            var result = Verify(target.Path);
            Assert.Equal(["Extent", "Order"], Failed(result));
            Assert.Contains("Row 10 (999997)", result.Findings.Single(f => f.Check == "Order").Detail, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void AnEventOutsideTheRange_IsFound()
    {
        var target = Export("x.json");
        Edit(target, m => m["range"]!["end"] = 999_999);
        var result = Verify(target.Path);
        Assert.Equal(["Range"], Failed(result));
        Assert.Contains("(the first of 3)", result.Findings.Single(f => !f.Passed).Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x.ndjson", "{\"@timestamp\":1000000,\"@id\":\"id-1\"", "{\"@timestamp\":1000000,\"@id\":\"id-1", "RowFormat")]
    [InlineData("x.ndjson", "\"n\":\"1\"}", "\"n\":\"1\"} {}", "RowFormat")]
    [InlineData("x.ndjson", "\"n\":\"1\"}", "\"n\":1,2}", "RowFormat")]
    [InlineData("x.json", "[\n", "", "RowFormat")]
    [InlineData("x.json", "\n]\n", "\n", "RowFormat")]
    [InlineData("x.json", "\n]\n", ",\n]\n", "RowFormat")]
    [InlineData("x.json", "\n]\n", "\n]\n]\n", "RowFormat")]
    [InlineData("x.json", "\"n\":\"1\"},", "\"n\":\"1\"}", "RowFormat")]
    [InlineData("x.csv", "id-1,1,", "id-1,1,,", "RowFormat")]
    [InlineData("x.csv", "id-1,1,\r\n", "id-1,1,\r", "RowFormat")]
    [InlineData("x.csv", "\"\"3\"\"", "\"\"3\" \"", "RowFormat")]
    [InlineData("x.csv", "@id,n,", "@id,m,", "Header")]
    [InlineData("x.csv", "@id,n,", "@id,n,third,", "Header")]
    public void AWrongForm_IsFound(string name, string before, string after, string check)
    {
        var target = Export(name);
        Tamper(target, t => t.Contains(before, StringComparison.Ordinal) ? t.Replace(before, after, StringComparison.Ordinal) : throw new InvalidOperationException(t));
        Assert.Contains(check, Failed(Verify(target.Path)));
    }

    [Fact]
    public void AChangedManifest_IsFound()
    {
        (Action<JsonNode> Change, string Check)[] changes =
        [
            (m => m["query"] = "*", "QuerySha256"),
            (m => m["arguments"]!["host"] = "web-2", "QuerySha256"),
            (m => m["counts"]!["written"] = 13, "Written"),
            (m => m["files"]![0]!["events"] = 13, "Rows"),
            (m => m["files"]![0]!["bytes"] = 13, "FileSize"),
            (m => m["files"]![0]!["sha256"] = "00", "Sha256"),
            (m => m["files"]![0]!["path"] = "../x.ndjson", "FileExists"),
            (m => m["files"]![0]!["newest"] = 1_000_001, "Extent"),
            (m => m["files"]![0]!["oldest"] = null, "Extent"),
            (m => m["files"]![0]!["firstId"] = "id-1", "Extent"),
            (m => m["files"]![0]!["lastId"] = "id-1", "Extent"),
            (m => m["files"] = new JsonArray(), "Written"),
            (m => m["first"]!["id"] = "id-1", "First"),
            (m => m["last"]!["timestamp"] = 5, "Last"),
            (m => m["last"] = null, "Last"),
            (m => m["range"]!["start"] = 999_999, "Range"),
            (m => m["format"] = "json", "RowFormat"),
            (m => m["compressed"] = true, "RowFormat"),
            (m => m["manifestVersion"] = 2, "Manifest"),
        ];
        foreach (var (change, check) in changes)
        {
            var target = _folder.Target("x.ndjson") with { Force = true };
            Make.Export(target, Make.Events(12));
            Edit(target, change);
            Assert.Contains(check, Failed(Verify(target.Path)));
        }
    }

    [Fact]
    public void RowsWithoutIdOrTime_AreNotHeldAgainstIt_ButNamed()
    {
        foreach (var name in new[] { "x.json", "x.csv" })
        {
            var target = _folder.Target(name) with { Property = ["n"] };
            Make.Export(target, Make.Events(12));
            var result = Verify(target.Path);
            Assert.Equal([], Failed(result));
            Assert.Contains("12 of 12 rows have no @id", result.Findings.Single(f => f.Check == "UniqueId").Detail, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void RepeatedIds_AreFoundWithinAMillisecondHoweverCrowded_AndElseWithinTheWindow()
    {
        var crowded = new RecentIds();
        for (var row = 1; row <= 2 * RecentIds.Window; row++)
            Assert.Equal(0, crowded.Seen($"id-{row}", 7, row));
        Assert.Equal(1, crowded.Seen("id-1", 7, 0));
        Assert.False(crowded.Overflowed);

        var spread = new RecentIds();
        for (var row = 1; row <= RecentIds.Window + 1; row++)
            Assert.Equal(0, spread.Seen($"id-{row}", -row, row));
        Assert.Equal(2, spread.Seen("id-2", 0, 0));
        Assert.Equal(0, spread.Seen("id-1", 0, 0));
    }

    [Fact]
    public void DisorderThatTheManifestStates_IsNoFault()
    {
        var target = _folder.Target("x.json");
        Make.Export(target, [Make.Event(1, 5), Make.Event(2, 9), Make.Event(3, 7)]);
        Assert.Equal([], Failed(Verify(target.Path)));
    }

    [Fact]
    public void Verifying_CanBeCancelled()
    {
        var target = Export("x.ndjson", 30_000);
        using var cancel = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => ExportVerifier.Verify(target.Path, new CancelAtOnce(cancel), cancel.Token));
    }

    private sealed class CancelAtOnce(CancellationTokenSource cancel) : IProgress<long>
    {
        public void Report(long value) => cancel.Cancel();
    }
}
