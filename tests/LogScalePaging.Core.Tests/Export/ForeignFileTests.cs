using LogScalePaging.Diagnostics;
using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Files;
using LogScalePaging.Export.Formats;
using LogScalePaging.Export.Store;
using LogScalePaging.Export.Target;
using static LogScalePaging.Core.Tests.Export.Stores;

namespace LogScalePaging.Core.Tests.Export;

/// <summary>An export changes only its own regular files.</summary>
public sealed class ForeignFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [LinuxFact]
    public void ASpecialFile_IsNotReplaced_EvenWithForce()
    {
        var pipe = Unix.NamedPipe(_folder.In("pipe.json"));
        File.WriteAllText(_folder.In("target.txt"), "mine");
        var link = Unix.SymbolicLink(_folder.In("link.json"), _folder.In("target.txt"));
        var dangling = Unix.SymbolicLink(_folder.In("dangling.json"), _folder.In("none"));
        var socket = Unix.Socket(_folder.In("s.json"));
        foreach (var (path, kind) in new[] { (pipe, "a named pipe"), (link, "a symbolic link"), (dangling, "a symbolic link"),
            (socket, "a socket"), ("/dev/null", "a device") })
        {
            var target = new ExportTarget { Path = path, Format = ExportFormat.Json, Force = true };
            Assert.Contains(kind, Fails(ExportErrorKind.BadPath, () => ExportStore.Create(target, Make.State())).Message,
                StringComparison.Ordinal);
            Assert.Contains(kind, Fails(ExportErrorKind.BadPath, () => ExportStore.Create(target with { Force = false },
                Make.State())).Message, StringComparison.Ordinal);
            Fails(ExportErrorKind.BadPath, () => ExportStore.Resume(target, s => s));
            Assert.False(Directory.Exists(target.PartialPath));
        }
        Assert.Equal("mine", File.ReadAllText(_folder.In("target.txt")));
    }

    [LinuxFact]
    public void AFileThatBecomesAPipe_IsNotReplaced()
    {
        foreach (var (name, pipe) in new[] { ("a.json", "a.json"), ("b.json", "b.json.manifest.json"), ("c.json", "c-00002.json") })
        {
            var target = _folder.Target(name) with { Force = true, MaxFileEvents = pipe.StartsWith('c') ? 2 : null };
            using var store = ExportStore.Create(target, Make.State());
            store.AddPart("a", Make.Events(5), done: true);
            Unix.NamedPipe(_folder.In(pipe));
            Fails(ExportErrorKind.BadPath, () => store.Assemble(new SignalLog(), null, CancellationToken.None, f => Make.Manifest(target,
                store.State, f)));
            Assert.Equal(FileKind.NamedPipe, FileKinds.Of(_folder.In(pipe)));
        }
    }

    [LinuxFact]
    public void APipeInTheFolderOfARun_IsNotWaitedFor()
    {
        foreach (var name in new[] { "checkpoint.json", "checkpoint.json.tmp", "lock", "lock.owner" })
        {
            var target = _folder.Target(name + ".ndjson");
            Directory.CreateDirectory(target.PartialPath);
            Unix.NamedPipe(Path.Combine(target.PartialPath, name));
            Fails(ExportErrorKind.BadPath, () => ExportStore.Create(target with { Force = true }, Make.State()));
            Fails(ExportErrorKind.BadPath, () => ExportStore.Resume(target, s => s));
        }
    }

    [Fact]
    public void TheFolderOfARun_ThatIsAFileOrALink_IsRefused()
    {
        var target = _folder.Target("x.json") with { Force = true };
        File.WriteAllText(target.PartialPath, "mine");
        Fails(ExportErrorKind.BadPath, () => ExportStore.Create(target, Make.State()));
        Assert.Equal("mine", File.ReadAllText(target.PartialPath));
        File.Delete(target.PartialPath);
        Directory.CreateDirectory(_folder.In("elsewhere"));
        Unix.SymbolicLink(target.PartialPath, _folder.In("elsewhere"));
        Fails(ExportErrorKind.BadPath, () => ExportStore.Create(target, Make.State()));
        Assert.Empty(Directory.GetFileSystemEntries(_folder.In("elsewhere")));
    }

    [Theory]
    [InlineData("notes.tmp")]
    [InlineData("part-of-my-thesis.txt")]
    [InlineData("part-1.ndjson")]
    [InlineData("output-draft.tmp")]
    [InlineData("part-a-000001.ndjson.tmp.bak")]
    public void TheUsersOwnFiles_SurviveEveryRun(string name)
    {
        var target = _folder.Target("x.json");
        Directory.CreateDirectory(target.PartialPath);
        var mine = Path.Combine(target.PartialPath, name);
        File.WriteAllText(mine, "mine");
        using (var store = ExportStore.Create(target, Make.State()))
            store.AddPart("a", Make.Events(3));
        using (var store = Resume(target))
        {
            store.AddPart("a", Make.Events(3), done: true);
            store.Assemble(new SignalLog(), null, CancellationToken.None);
            store.Complete();
        }
        Make.Export(target with { Force = true }, Make.Events(3));
        Assert.Equal("mine", File.ReadAllText(mine));
        Assert.Equal([mine], Directory.GetFiles(target.PartialPath));
    }

    [Theory]
    [InlineData("part-a-000001.ndjson")]
    [InlineData("part-a-000001.ndjson.tmp")]
    [InlineData("output-00001.tmp")]
    [InlineData("checkpoint.json")]
    [InlineData("checkpoint.json.tmp")]
    [InlineData("lock")]
    [InlineData("lock.owner")]
    public void AFolderOfTheUsers_WithNamesThatARunWouldUse_IsRefusedWithTheName(string name)
    {
        var target = _folder.Target("x.json") with { Force = true };
        Directory.CreateDirectory(target.PartialPath);
        var mine = Path.Combine(target.PartialPath, name);
        File.WriteAllText(mine, "mine");
        Assert.Contains($"'{name}'", Fails(ExportErrorKind.BadPath, () => ExportStore.Create(target, Make.State())).Message,
            StringComparison.Ordinal);
        Assert.Contains($"'{name}'", Fails(ExportErrorKind.BadPath, () => ExportStore.Create(target with { Force = false },
            Make.State())).Message, StringComparison.Ordinal);
        EmptyExport.Remove(target.Path);
        Assert.Equal("mine", File.ReadAllText(mine));
        Assert.Equal([mine], Directory.GetFiles(target.PartialPath));
    }

    [Fact]
    public void AForeignManifest_IsNotReplaced()
    {
        var target = _folder.Target("x.json");
        File.WriteAllText(target.ManifestPath, "{\"name\":\"my extension\"}");
        Fails(ExportErrorKind.OutputExists, () => ExportStore.Create(target, Make.State()));
        Fails(ExportErrorKind.BadPath, () => ExportStore.Create(target with { Force = true }, Make.State()));
        // The output may be replaced, but no export wrote the manifest.
        File.WriteAllText(target.Path, "old");
        Fails(ExportErrorKind.BadPath, () => ExportStore.Create(target with { Force = true }, Make.State()));
        Assert.Equal("{\"name\":\"my extension\"}", File.ReadAllText(target.ManifestPath));
    }

    [Fact]
    public void AManifest_WhoseOutputIsNotBeingReplaced_StaysToo()
    {
        var target = _folder.Exported("x.json");
        File.Move(target.Path, _folder.In("moved.json"));
        Fails(ExportErrorKind.OutputExists, () => ExportStore.Create(target, Make.State()));
        Assert.Contains("does not exist", Fails(ExportErrorKind.BadPath, () => ExportStore.Create(target with { Force = true },
            Make.State())).Message, StringComparison.Ordinal);
        var other = _folder.Exported("a.json");
        File.WriteAllText(_folder.In("b.json"), "old");
        File.Copy(other.ManifestPath, _folder.In("b.json.manifest.json"));
        Assert.Contains("'a.json'", Fails(ExportErrorKind.BadPath, () =>
            ExportStore.Create(_folder.Target("b.json") with { Force = true }, Make.State())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AManifestThatAppearsMeanwhile_IsKept_AndTheEventsToo()
    {
        var target = _folder.Target("x.json");
        using (var store = ExportStore.Create(target, Make.State()))
        {
            store.AddPart("a", Make.Events(3), done: true);
            File.WriteAllText(target.ManifestPath, "mine");
            Fails(ExportErrorKind.OutputExists, () => store.Assemble(new SignalLog(), null, CancellationToken.None, f =>
                Make.Manifest(target, store.State, f)));
        }
        Assert.Equal("mine", File.ReadAllText(target.ManifestPath));
        Assert.False(File.Exists(target.Path));
        File.Delete(target.ManifestPath);
        using var resumed = Resume(target);
        Assert.Equal(3, resumed.Assemble(new SignalLog(), null, CancellationToken.None).Events);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\0\0\0\0")]
    [InlineData("{\n  \"manifestVersion\": 1,\n  \"tool\": \"LogScalePaging\",\n  \"vers")]
    public void ADamagedManifestOfOurs_GoesWithItsOutput(string text)
    {
        var target = _folder.Exported("x.json");
        File.WriteAllText(target.ManifestPath, text);
        Make.Export(target with { Force = true }, Make.Events(4));
        Verifying.AssertValid(target.Path);
    }

    [LinuxFact]
    public void Verify_RefusesAPipe()
    {
        var target = _folder.Exported("x.json");
        File.Delete(target.Path);
        Unix.NamedPipe(target.Path);
        var finding = Verifying.Verify(target.Path).Findings.Single(f => f.Check == "FileExists");
        Assert.Equal((false, "a named pipe"), (finding.Passed, finding.Actual));
        File.Delete(target.ManifestPath);
        Unix.NamedPipe(target.ManifestPath);
        Assert.Contains("a named pipe", Verifying.Verify(target.Path).Unreadable!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ALinkToAnExport_IsVerified()
    {
        var target = _folder.Exported("x.json");
        Directory.CreateDirectory(_folder.In("links"));
        Unix.SymbolicLink(_folder.In("links/x.json"), target.Path);
        Unix.SymbolicLink(_folder.In("links/x.json.manifest.json"), target.ManifestPath);
        Verifying.AssertValid(_folder.In("links/x.json"));
    }
}
