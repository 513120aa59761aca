using System.Text;
using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Files;
using LogScalePaging.Export.Manifest;
using LogScalePaging.Export.Store;
using LogScalePaging.Export.Verification;
using static LogScalePaging.Core.Tests.Export.Stores;

namespace LogScalePaging.Core.Tests.Export;

/// <summary><c>OUTPUT.sha256</c>: its form, its place beside the output, and what a verification says about it.</summary>
public sealed class ChecksumTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public static TheoryData<string, int?> Outputs => new() { { "x.json", null }, { "x.csv.gz", null }, { "x.ndjson", 4 } };

    [Theory]
    [MemberData(nameof(Outputs))]
    public void TheyListEachFileOfTheOutput(string name, int? limit)
    {
        var target = _folder.Target(name) with { MaxFileEvents = limit };
        var files = Whole(target, 9);
        Assert.Equal(string.Concat(files.Select(f => $"{FileHash.Sha256(_folder.In(f.Path))}  {f.Path}\n")),
            File.ReadAllText(_folder.In(name + ".sha256")));
        Assert.True(Find(name).Passed);
    }

    [Theory]
    [InlineData("plain name.json", "aa  plain name.json\n")]
    [InlineData("a\\b.json", "\\aa  a\\\\b.json\n")]
    [InlineData("a\nb\rc.json", "\\aa  a\\nb\\rc.json\n")]
    public void ANameIsEscapedAsSha256sumDoes(string name, string expected)
    {
        var hash = new string('a', 64);
        var content = Checksums.Of([new OutputFile { Path = name, Bytes = 1, Sha256 = hash, Events = 1 }]);
        Assert.Equal(expected.Replace("aa", hash), Encoding.UTF8.GetString(content));
        Assert.Equal([(name, hash)], Checksums.Read(content));
    }

    [Theory]
    [InlineData("aa")]
    [InlineData("gg  x.json")]
    [InlineData("aa x.json")]
    [InlineData("\\aa  x\\q.json")]
    [InlineData("\\aa  x\\")]
    [InlineData("text")]
    public void ALineThatIsNoChecksum_IsRefused(string line) =>
        Assert.Null(
            Checksums.Read(Encoding.UTF8.GetBytes(line.Replace("aa", new string('a', 64)).Replace("gg", new string('g', 64)) + "\n")));

    [Fact]
    public void ABinaryMarkAndUpperCase_AreRead() =>
        Assert.Equal([("x", new string('a', 64))], Checksums.Read(Encoding.UTF8.GetBytes(new string('A', 64) + " *x\n")));

    [Theory]
    [MemberData(nameof(Outputs))]
    public void AContradiction_IsFound(string name, int? limit)
    {
        Whole(_folder.Target(name) with { MaxFileEvents = limit }, 9);
        var path = _folder.In(name + ".sha256");
        var good = File.ReadAllText(path);
        foreach (var (content, says) in new[]
        {
            ((good[0] == '0' ? "1" : "0") + good.Substring(1), "differs from the one in the manifest"),
            (good.Substring(good.IndexOf('\n') + 1), "is not in it"),
            ("", "is not in it"),
            (good + good.Replace(good.Substring(0, 64), new string('0', 64)), "differs from the one in the manifest"),
            (good + "text\n", "a line is not a checksum"),
            (good + new string('x', 3 << 20), "It is too large"),
        })
        {
            File.WriteAllText(path, content);
            var finding = Find(name);
            Assert.Equal((false, name + ".sha256"), (finding.Passed, finding.File));
            Assert.Contains(says, finding.Detail, StringComparison.Ordinal);
        }
        File.WriteAllText(path, good + new string('0', 64) + "  notes.txt\n");
        Assert.True(Find(name).Passed);
        File.Delete(path);
        Assert.DoesNotContain(Verify(name).Findings, f => f.Check == "Checksums");
        Assert.True(Verify(name).IsValid);
        Directory.CreateDirectory(path);
        Assert.Contains("It is a folder", Find(name).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void TheyNameTheirExport()
    {
        Whole(_folder.Target("x.ndjson"), 3);
        var seen = new SeenExports();
        Assert.True(seen.Add(_folder.In("x.ndjson")));
        Assert.False(seen.Add(_folder.In("x.ndjson.sha256")));
        Assert.True(Verify("x.ndjson.sha256").IsValid);
        string[] all = [.. Directory.GetFiles(_folder.Root)];
        Assert.Equal([_folder.In("x.ndjson")], ExportFinder.Among(all, _folder.In("*")));
        Assert.Equal([_folder.In("x.ndjson.sha256")],
            ExportFinder.Among(all.Where(f => f.EndsWith("sha256", StringComparison.Ordinal)), _folder.In("*.sha256")));
    }

    [Fact]
    public void WithoutForce_OtherChecksumsAreKept()
    {
        var target = _folder.Target("x.ndjson");
        File.WriteAllText(target.Path + ".sha256", new string('0', 64) + "  other\n");
        var error = Assert.Throws<ExportException>(() => ExportStore.Create(target, Make.State()));
        Assert.Equal((ExportErrorKind.OutputExists, target.Path + ".sha256"), (error.Kind, error.Path));
        Whole(target with { Force = true }, 3);
        Assert.True(Find("x.ndjson").Passed);
        File.WriteAllText(target.Path + ".sha256", "my notes\n");
        Fails(ExportErrorKind.BadPath, () => ExportStore.Create(target with { Force = true }, Make.State()));
        Assert.Equal("my notes\n", File.ReadAllText(target.Path + ".sha256"));
    }

    [Fact]
    public void ChecksumsOfADeletedOutput_AreReplaced_AlsoAfterAKill()
    {
        using var whole = new TempFolder();
        var walk = new FakeWalk([(Make.Lane("a"), Make.Events(9))]);
        var moments = new List<(string Step, TempFolder Folder)>();
        var stale = new string('0', 64) + "  x.ndjson\n" + new string('0', 64) + "  x-00001.ndjson\n";
        File.WriteAllText(whole.In("x.ndjson.sha256"), stale);
        walk.Run(whole.Target("x.ndjson"), step =>
        {
            moments.Add((step, new TempFolder()));
            whole.CopyTo(moments[moments.Count - 1].Folder);
        });
        Assert.True(ExportVerifier.Verify(whole.In("x.ndjson"), null, CancellationToken.None).IsValid);
        foreach (var (step, folder) in moments)
        {
            using (folder)
            {
                walk.Run(folder.Target("x.ndjson"));
                Assert.Equal((step, CrashTests.Outcome(whole)), (step, CrashTests.Outcome(folder)));
            }
        }
    }

    [Fact]
    public void Force_ReplacesThemAndDeletesAStaleTimestamp()
    {
        var target = _folder.Target("x.ndjson");
        Whole(target, 9);
        var old = File.ReadAllText(target.Path + ".sha256");
        File.WriteAllText(target.ManifestPath + ".tsr", "a timestamp");
        Whole(target with { Force = true }, 3);
        Assert.NotEqual(old, File.ReadAllText(target.Path + ".sha256"));
        Assert.True(Verify("x.ndjson").IsValid);
        Assert.False(File.Exists(target.ManifestPath + ".tsr"));
    }

    [Fact]
    public void WithoutForce_AnotherTimestampIsKept()
    {
        var target = _folder.Target("x.ndjson");
        File.WriteAllText(target.ManifestPath + ".tsr", "a timestamp");
        Fails(ExportErrorKind.OutputExists, () => ExportStore.Create(target, Make.State()));
        Assert.Equal("a timestamp", File.ReadAllText(target.ManifestPath + ".tsr"));
    }

#if !NETFRAMEWORK
    [Theory]
    [MemberData(nameof(Outputs))]
    public void Sha256sum_ReadsThem(string name, int? limit)
    {
        if (!File.Exists("/usr/bin/sha256sum"))
            return;
        Whole(_folder.Target(name) with { MaxFileEvents = limit }, 9);
        Whole(_folder.Target("a\\b " + name) with { MaxFileEvents = limit }, 9);
        Assert.Equal(0, Sha256sum(name + ".sha256"));
        Assert.Equal(0, Sha256sum("a\\b " + name + ".sha256"));
        File.AppendAllText(Directory.GetFiles(_folder.Root, "x*").Order(StringComparer.Ordinal).First(), "!");
        Assert.Equal(1, Sha256sum(name + ".sha256"));

        int Sha256sum(string file)
        {
            var start = new System.Diagnostics.ProcessStartInfo("/usr/bin/sha256sum")
            {
                WorkingDirectory = _folder.Root,
                RedirectStandardOutput = true,
                RedirectStandardError = true
            };
            foreach (var argument in new[] { "--strict", "-c", file })
                start.ArgumentList.Add(argument);
            using var process = System.Diagnostics.Process.Start(start)!;
            process.StandardOutput.ReadToEnd();
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode;
        }
    }
#endif

    public void Dispose() => _folder.Dispose();

    private static IReadOnlyList<OutputFile> Whole(LogScalePaging.Export.Target.ExportTarget target, int events)
    {
        using var store = ExportStore.Create(target, Make.State());
        store.AddPart("a", Make.Events(events), done: true);
        var finished = store.Assemble(new LogScalePaging.Diagnostics.SignalLog(), null, CancellationToken.None,
            f => Make.Manifest(target, store.State, f));
        store.Complete();
        return finished.Files;
    }

    private VerificationResult Verify(string name) => ExportVerifier.Verify(_folder.In(name), null, CancellationToken.None);

    private VerificationFinding Find(string name) => Assert.Single(Verify(name).Findings, f => f.Check == "Checksums");
}
