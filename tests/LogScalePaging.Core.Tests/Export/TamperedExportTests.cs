using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using LogScalePaging.Core.Tests.Support;
using LogScalePaging.Export.Files;
using LogScalePaging.Export.Store;
using LogScalePaging.Export.Target;
using static LogScalePaging.Core.Tests.Export.Verifying;

namespace LogScalePaging.Core.Tests.Export;

/// <summary>What the verifier finds in a changed export.</summary>
public sealed class TamperedExportTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // Changes a file, and corrects size and hash in the manifest. The change can then only be found in the rows.
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

    [Fact]
    public void AMissingManifest_IsNamed_AndSoIsARunThatHasNotEnded()
    {
        var target = _folder.Exported("x.json");
        File.Delete(target.ManifestPath);
        Assert.Equal(["Manifest"], Failed(Verify(target.Path)));
        File.WriteAllText(target.ManifestPath, "{\"files\":null}");
        Assert.Contains("cannot be read", Verify(target.Path).Findings[0].Detail, StringComparison.Ordinal);
        File.Delete(target.ManifestPath);
        File.Delete(target.Path);
        ExportStore.Create(target, Make.State()).Dispose();
        Assert.Contains("-Resume", Verify(target.Path).Findings[0].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void AMissingFile_IsNamed()
    {
        var target = _folder.Exported("x.json");
        File.Delete(target.Path);
        Assert.Contains("FileExists", Failed(Verify(target.Path)));
    }

    [FactExcept(Runs.Mono, Differences.GzipError)]
    public void OneChangedByte_IsSeen_InCompressedData() => OneChangedByte_IsSeen("x.ndjson.gz");

    [FactExcept(Runs.Mono, Differences.GzipError)]
    public void AManifest_ThatCallsPlainTextCompressed_IsFound()
    {
        var target = _folder.Exported("x.ndjson");
        Edit(target, m => m["compressed"] = true);
        Assert.Contains("RowFormat", Failed(Verify(target.Path)));
    }

    [Theory]
    [InlineData("x.json")]
    [InlineData("x.csv")]
    public void OneChangedByte_IsSeen(string name)
    {
        var target = _folder.Exported(name);
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
        var target = _folder.Exported(name);
        using (var file = File.OpenWrite(target.Path))
            file.SetLength((file.Length / 2) + 7);
        var failed = Failed(Verify(target.Path));
        Assert.Contains("FileSize", failed);
        Assert.Contains("Sha256", failed);
        Assert.Contains("Rows", failed);
        // A compressed file may be cut right after a complete row.
        Assert.True(target.Compress || failed.Contains("RowFormat"));
    }

    [Fact]
    public void ALostRow_IsCounted()
    {
        foreach (var name in new[] { "x.ndjson", "x.ndjson.gz", "x.csv" })
        {
            var target = _folder.Exported(name);
            Tamper(target,
                t => string.Concat(
                    t.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(l => !l.Contains("id-5", StringComparison.Ordinal)).Select(
                        l => l + "\n")));
            Assert.Equal(["Rows", "Written"], Failed(Verify(target.Path)));
        }
    }

    [Fact]
    public void ARepeatedRow_IsFoundWithItsNumber()
    {
        var target = _folder.Exported("x.ndjson");
        Tamper(target, t => t.Replace("id-4\",\"n\":\"4", "id-3\",\"n\":\"4", StringComparison.Ordinal));
        var result = Verify(target.Path);
        Assert.Equal(["UniqueId"], Failed(result));
        Assert.Contains("Row 5 repeats the @id of an earlier row: id-3", result.Findings.Single(f => !f.Passed).Detail,
            StringComparison.Ordinal);
    }

    [Fact]
    public void ADisorder_IsFoundWithItsNumber()
    {
        foreach (var name in new[] { "x.ndjson", "x.csv" })
        {
            var target = _folder.Exported(name);
            Tamper(target, t => t.Replace("999998", "999990", StringComparison.Ordinal));
            var result = Verify(target.Path);
            Assert.Equal(["Extent", "Order"], Failed(result));
            Assert.Contains("Row 10 (999997)", result.Findings.Single(f => f.Check == "Order").Detail, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void AnEventOutsideTheRange_IsFound()
    {
        var target = _folder.Exported("x.json");
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
        var target = _folder.Exported(name);
        Tamper(target, t => t.Contains(before, StringComparison.Ordinal)
            ? t.Replace(before, after, StringComparison.Ordinal)
            : throw new InvalidOperationException(t));
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
            (m => m["manifestVersion"] = 4, "Manifest"),
        ];
        foreach (var (change, check) in changes)
        {
            var target = _folder.Target("x.ndjson") with { Force = true };
            Make.Export(target, Make.Events(12));
            Edit(target, change);
            Assert.Contains(check, Failed(Verify(target.Path)));
        }
    }
}
