using System.Text.Json.Nodes;
using LogScalePaging.Export.Verification;
using static LogScalePaging.Core.Tests.Export.Verifying;

namespace LogScalePaging.Core.Tests.Export;

/// <summary>A manifest proves the file that was named, and no other one.</summary>
public sealed class NamedFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Copied(string from, string to)
    {
        File.Copy(_folder.In(from), _folder.In(to), overwrite: true);
        return _folder.In(to);
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("")]
    [InlineData(null)]
    public void ACopiedManifest_DoesNotProveAnotherFile(string? content)
    {
        _folder.Exported("a.ndjson");
        Copied("a.ndjson.manifest.json", "b.ndjson.manifest.json");
        if (content is not null)
            File.WriteAllText(_folder.In("b.ndjson"), content);
        var result = Verify(_folder.In("b.ndjson"));
        Assert.False(result.IsValid);
        Assert.Contains(content is null ? "FileExists" : "Sha256", Failed(result));
        if (content is not null)
            Assert.False(Verify(_folder.In("b.ndjson.manifest.json")).IsValid);
        AssertValid(_folder.In("a.ndjson"));
    }

    [Theory]
    [InlineData("a.json")]
    [InlineData("a.ndjson.gz")]
    [InlineData("a.csv")]
    public void ARenamedFile_IsCheckedByItsContent_WithANote(string name)
    {
        _folder.Exported(name);
        foreach (var keep in new[] { true, false })
        {
            var renamed = Copied(name, "2026-01-02.bin");
            var manifest = Copied(name + ".manifest.json", "2026-01-02.bin.manifest.json");
            if (!keep)
                File.Delete(_folder.In(name));
            foreach (var path in new[] { renamed, manifest })
            {
                AssertValid(path);
                Assert.Contains($"'{name}'", Verify(path).Note, StringComparison.Ordinal);
            }
        }
        Assert.Null(Verify(_folder.Exported("plain.json").Path).Note);
    }

    [Fact]
    public void AFileThatAManifestOfSeveralDoesNotList_IsNotProvedByIt()
    {
        var target = _folder.Target("y.ndjson") with { MaxFileEvents = 5 };
        Make.Export(target, Make.Events(12));
        File.WriteAllText(target.Path, "garbage");
        File.WriteAllText(_folder.In("y-00004.ndjson"), "left by an older export");
        Copied("y.ndjson.manifest.json", "z.ndjson.manifest.json");
        foreach (var (name, check) in new[] { ("y.ndjson", "FileName"), ("y-00004.ndjson", "FileName"), ("y-00005.ndjson", "FileExists"),
            ("z.ndjson", "FileExists") })
            Assert.Equal((name, check), (name, Assert.Single(Failed(Verify(_folder.In(name))))));
        AssertValid(_folder.In("y-00002.ndjson"));
        AssertValid(target.ManifestPath);
        File.Delete(target.Path);
        AssertValid(target.Path);
    }

    [Fact]
    public void AManifestThatListsNothing_ProvesNoFile()
    {
        var target = _folder.Target("x.ndjson");
        Make.Export(target, []);
        File.WriteAllText(target.Path, "garbage");
        Edit(target, m =>
        {
            m["files"] = new JsonArray();
            m["first"] = m["last"] = null;
        });
        Assert.Equal(["FileName"], Failed(Verify(target.Path)));
    }

    [Fact]
    public void OfManyPaths_EachExportIsCheckedOnce_AndNoForeignFileIsPassedOver()
    {
        var target = _folder.Target("y.ndjson") with { MaxFileEvents = 5 };
        Make.Export(target, Make.Events(12));
        _folder.Exported("a.json");
        Copied("a.json", "b.json");
        Copied("a.json.manifest.json", "b.json.manifest.json");
        File.WriteAllText(target.Path, "garbage");
        File.WriteAllText(_folder.In("y-00004.ndjson"), "left by an older export");
        var seen = new SeenExports();
        Assert.Equal(
            ["a.json", "b.json", "y-00001.ndjson", "y-00004.ndjson", "y.ndjson"],
            Directory.GetFiles(_folder.Root).Order(StringComparer.Ordinal).Where(seen.Add).Select(Path.GetFileName));
    }

    public static TheoryData<string> Contradictions =>
    [
        "counts.missing=5", "counts.missing=-1", "counts.late=-5", "counts.expected=13", "counts.expectedAfter=13", "maxEvents=11",
        "state=\"complete\"", "state=\"\"", "state=null", "manifestVersion=0", "missingRanges=[{\"start\":1,\"end\":2}]",
            "range={\"start\":2,\"end\":1}",
        "files.0.events=13", "files.0.bytes=-1",
    ];

    [Theory]
    [MemberData(nameof(Contradictions))]
    public void AManifestThatContradictsItself_IsNotValid(string change)
    {
        var target = _folder.Exported("x.ndjson");
        Edit(target, m => m["counts"]!["received"] = 12);
        AssertValid(target.Path);
        Edit(target, m =>
        {
            var (names, value) = (change.Split('=')[0].Split('.'), change[(change.IndexOf('=', StringComparison.Ordinal) + 1)..]);
            var at = names[..^1].Aggregate(m, (node, name) => int.TryParse(name, out var index) ? node[index]! : node[name]!);
            at[names[^1]] = JsonNode.Parse(value);
        });
        Assert.Contains("Consistency", Failed(Verify(target.Path)));
    }

    [Fact]
    public void AFileThatIsListedTwice_IsAContradiction()
    {
        var target = _folder.Exported("x.ndjson", 0);
        Edit(target, m => m["files"]!.AsArray().Add(m["files"]![0]!.DeepClone()));
        Assert.Equal(["Consistency"], Failed(Verify(target.Path)));
    }

    [Theory]
    [InlineData("counts={\"expected\":15,\"expectedAfter\":null,\"received\":12,\"written\":12,\"missing\":0},maxEvents=12")]
    [InlineData("counts={\"expected\":10,\"expectedAfter\":12,\"received\":12,\"written\":12,\"missing\":0}")]
    [InlineData("counts={\"expected\":12,\"expectedAfter\":15,\"received\":12,\"written\":12,\"late\":3,\"missing\":0}")]
    [InlineData("counts={\"expected\":20,\"received\":12,\"written\":12,\"missing\":8},state=\"Incomplete\"")]
    [InlineData("counts={\"received\":12,\"written\":12},state=\"Unverified\"")]
    public void AConsistentManifest_IsValid(string change)
    {
        var target = _folder.Exported("x.ndjson");
        Edit(target, m =>
        {
            foreach (var part in System.Text.RegularExpressions.Regex.Split(change, ",(?=[a-zA-Z]+=)"))
                m[part.Split('=')[0]] = JsonNode.Parse(part[(part.IndexOf('=', StringComparison.Ordinal) + 1)..]);
        });
        AssertValid(target.Path);
    }
}
