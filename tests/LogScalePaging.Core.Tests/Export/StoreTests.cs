using LogScalePaging.Export;
using LogScalePaging.Paging;

namespace LogScalePaging.Core.Tests.Export;

public class StoreTests
{
    private static ExportException Fails(ExportErrorKind kind, Func<object> action)
    {
        var error = Assert.Throws<ExportException>(action);
        Assert.Equal(kind, error.Kind);
        Assert.NotEmpty(error.Path);
        return error;
    }

    private static ExportStore Resume(ExportTarget target) => ExportStore.Resume(target, s => s with { Resumes = s.Resumes + 1 });

    [Fact]
    public void AnExport_LeavesItsOutputAndItsManifestAndNothingElse()
    {
        using var folder = new TempFolder();
        var target = folder.Target();
        var events = Make.Events(10);
        var finished = Make.Export(target, events);
        Assert.Equal(string.Concat(events.Select(e => e + "\n")), File.ReadAllText(target.Path));
        Assert.Equal(["events.ndjson", "events.ndjson.manifest.json"], Directory.GetFileSystemEntries(folder.Root).Select(Path.GetFileName).Order());
        var file = Assert.Single(finished.Files);
        Assert.Equal(("events.ndjson", 10, 1_000_000, 999_997, "id-0", "id-9"), (file.Path, file.Events, file.Newest, file.Oldest, file.FirstId, file.LastId));
        Assert.Equal(new FileInfo(target.Path).Length, file.Bytes);
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(target.Path))), file.Sha256);
        Assert.Equal((new EventMark("id-0", 1_000_000), new EventMark("id-9", 999_997), true), (finished.First, finished.Last, finished.Ordered));
    }

    [Fact]
    public void Lanes_AreAssembledNewestRangeFirstAndThenByName()
    {
        using var folder = new TempFolder();
        var target = folder.Target();
        using var store = ExportStore.Create(target, Make.State(Make.Lane("b", 10), Make.Lane("old", 5), Make.Lane("a", 10), Make.Lane("new", 20)));
        foreach (var (lane, number) in new[] { ("old", 7), ("b", 5), ("new", 1), ("a", 3) })
        {
            store.AddPart(lane, [Make.Event(number, 100 - number)]);
            store.AddPart(lane, [Make.Event(number + 1, 99 - number)], done: true);
        }
        var finished = store.Assemble(new SignalLog(), null, CancellationToken.None);
        Assert.Equal(["1", "2", "3", "4", "5", "6", "7", "8"],
            File.ReadLines(target.Path).Select(l => System.Text.Json.JsonDocument.Parse(l).RootElement.GetProperty("n").GetString()));
        Assert.True(finished.Ordered);
    }

    [Fact]
    public void Disorder_IsNamed()
    {
        using var folder = new TempFolder();
        Assert.False(Make.Export(folder.Target("within.json"), [Make.Event(1, 5), Make.Event(2, 6)]).Ordered);
        using var store = ExportStore.Create(folder.Target("between.json"), Make.State());
        store.AddPart("a", [Make.Event(1, 5)]);
        store.AddPart("a", [Make.Event(2, 6)], done: true);
        var finished = store.Assemble(new SignalLog(), null, CancellationToken.None);
        Assert.False(finished.Ordered);
        Assert.Equal((6, 5), (finished.Files[0].Newest, finished.Files[0].Oldest));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(11)]
    public void MaxEvents_IsExact(int max)
    {
        using var folder = new TempFolder();
        var events = Make.Events(10);
        foreach (var name in new[] { "x.json", "x.ndjson", "x.csv", "x.ndjson.gz" })
        {
            var target = folder.Target(name);
            using var store = ExportStore.Create(target, Make.State() with { MaxEvents = max });
            store.AddPart("a", events[..5]);
            store.AddPart("a", events[5..], done: true);
            var finished = store.Assemble(new SignalLog(), null, CancellationToken.None);
            Make.Manifest(target, store.State, finished).Save(target.ManifestPath);
            Assert.Equal(Math.Min(max, 10), finished.Events);
            var result = ExportVerifier.Verify(target.Path, null, CancellationToken.None);
            Assert.True(result.IsValid, string.Join("\n", result.Findings.Where(f => !f.Passed)));
        }
    }

    [Fact]
    public void AnOutput_IsNotReplacedUnlessAsked()
    {
        using var folder = new TempFolder();
        var target = folder.Target();
        File.WriteAllText(target.Path, "precious");
        var error = Fails(ExportErrorKind.OutputExists, () => ExportStore.Create(target, Make.State()));
        Assert.Contains("-Force (--force)", error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(target.PartialPath));

        using var store = ExportStore.Create(target with { Force = true }, Make.State());
        store.AddPart("a", Make.Events(3), done: true);
        Assert.Equal("precious", File.ReadAllText(target.Path));
        store.Assemble(new SignalLog(), null, CancellationToken.None);
        Assert.NotEqual("precious", File.ReadAllText(target.Path));
    }

    [Fact]
    public void AnOutputThatAppearsMeanwhile_IsKept_AndTheEventsToo()
    {
        using var folder = new TempFolder();
        var target = folder.Target("x.json");
        using (var store = ExportStore.Create(target, Make.State()))
        {
            store.AddPart("a", Make.Events(3), done: true);
            File.WriteAllText(target.Path, "precious");
            var error = Fails(ExportErrorKind.OutputExists, () => store.Assemble(new SignalLog(), null, CancellationToken.None));
            Assert.Contains("3 events are safe", error.Message, StringComparison.Ordinal);
        }
        Assert.Equal("precious", File.ReadAllText(target.Path));
        Fails(ExportErrorKind.OutputExists, () => Resume(target));
        using var resumed = Resume(target with { Force = true });
        Assert.Equal(3, resumed.Assemble(new SignalLog(), null, CancellationToken.None).Events);
        Assert.NotEqual("precious", File.ReadAllText(target.Path));
    }

    [Fact]
    public void TheLeaveToReplace_IsRememberedByAResumption()
    {
        using var folder = new TempFolder();
        var target = folder.Target("x.json");
        File.WriteAllText(target.Path, "old");
        ExportStore.Create(target with { Force = true }, Make.State()).Dispose();
        using var store = Resume(target);
        store.AddPart("a", Make.Events(3), done: true);
        store.Assemble(new SignalLog(), null, CancellationToken.None);
        Assert.NotEqual("old", File.ReadAllText(target.Path));
    }

    [Fact]
    public void ARunThatCanBeResumed_IsNotThrownAwayUnlessAsked()
    {
        using var folder = new TempFolder();
        var target = folder.Target();
        using (var store = ExportStore.Create(target, Make.State()))
            store.AddPart("a", Make.Events(12));
        Assert.True(ExportStore.Exists(target));
        var error = Fails(ExportErrorKind.ResumableExists, () => ExportStore.Create(target, Make.State()));
        Assert.Contains("12 events", error.Message, StringComparison.Ordinal);
        Assert.Contains("-Resume (--resume)", error.Message, StringComparison.Ordinal);
        Assert.Equal(12, ExportStore.Peek(target.Path).Rows);
        using var afresh = ExportStore.Create(target with { Force = true }, Make.State());
        Assert.Equal(0, afresh.State.Rows);
        Assert.Empty(Directory.GetFiles(target.PartialPath, "part-*"));
    }

    [Fact]
    public void WhatIsNoOutput_IsRefusedInWords()
    {
        using var folder = new TempFolder();
        Fails(ExportErrorKind.FolderMissing, () => ExportStore.Create(folder.Target("missing/x.json"), Make.State()));
        Fails(ExportErrorKind.BadPath, () => ExportStore.Create(folder.Target() with { Path = folder.Root }, Make.State()));
        Fails(ExportErrorKind.BadPath, () => ExportStore.Create(folder.Target() with { Path = folder.Root + Path.DirectorySeparatorChar }, Make.State()));
        var nothing = Fails(ExportErrorKind.NothingToResume, () => Resume(folder.Target()));
        Assert.Contains("nothing to resume", nothing.Message, StringComparison.Ordinal);
        Fails(ExportErrorKind.NothingToResume, () => ExportStore.Peek(folder.In("x.json")));
        Make.Export(folder.Target(), []);
        Assert.Contains("has been finished", Fails(ExportErrorKind.NothingToResume, () => Resume(folder.Target())).Message, StringComparison.Ordinal);
    }

    [LinuxFact]
    public void AFolderWhereNothingCanBeMade_IsRefusedInWords()
    {
        // Nobody, not even root, makes folders in /proc.
        var target = new ExportTarget { Path = "/proc/self/x.json", Format = ExportFormat.Json };
        var error = Assert.Throws<ExportException>(() => ExportStore.Create(target, Make.State()));
        Assert.True(error.Kind is ExportErrorKind.NotWritable or ExportErrorKind.FolderMissing or ExportErrorKind.Other, error.Message);
        Assert.Contains("Nothing was fetched", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnotherExportsFiles_AreNotTakenOver()
    {
        using var folder = new TempFolder();
        var target = folder.Target();
        ExportStore.Create(target, Make.State()).Dispose();
        Assert.Throws<CheckpointMismatchException>(() => ExportStore.Resume(target, _ => throw new CheckpointMismatchException("query", "a", "b")));
        Assert.Equal("format", Assert.Throws<CheckpointMismatchException>(() => Resume(target with { Format = ExportFormat.Csv })).What);
        var fields = Assert.Throws<CheckpointMismatchException>(() => Resume(target with { Property = ["a", "b"] }));
        Assert.Equal(("(all)", "a, b"), (fields.Saved, fields.Asked));
        // None of the refusals has kept the lock or changed the state.
        using var store = Resume(target);
        Assert.Equal(1, store.State.Resumes);
    }

    [Fact]
    public void PartsThatAreNotWhole_AreDroppedWithWhatFollowsThem()
    {
        foreach (var harm in new Action<string>[] { File.Delete, p => File.AppendAllText(p, "x"), p => Flip(p), p => File.WriteAllText(p, "") })
        {
            using var folder = new TempFolder();
            var target = folder.Target();
            using (var store = ExportStore.Create(target, Make.State(Make.Lane("a", 2), Make.Lane("b", 1))))
            {
                for (var i = 0; i < 3; i++)
                {
                    var part = store.OpenPart("a");
                    part.Append(Make.Event(i, 10 - i));
                    store.CommitPart(part, Make.Next(i + 1), laneDone: i == 2, duplicates: 5);
                }
                store.AddPart("b", Make.Events(4), done: true);
            }
            harm(Path.Combine(target.PartialPath, "part-a-000002.ndjson"));
            using var resumed = Resume(target);
            Assert.Equal(["part-a-000002.ndjson", "part-a-000003.ndjson"], resumed.DroppedParts.Select(p => p.File));
            var (a, b) = (resumed.State.Lanes[0], resumed.State.Lanes[1]);
            Assert.Equal((1, false), (a.Rows, a.Done));
            Assert.Equal(1, a.Parts[^1].Next!.Position.Number("row"));
            Assert.Equal((4, true), (b.Rows, b.Done));
            Assert.Equal(5, resumed.State.Duplicates);
            Assert.Equal(["part-a-000001.ndjson", "part-b-000001.ndjson"], Directory.GetFiles(target.PartialPath, "part-*").Select(Path.GetFileName).Order());
        }

        static void Flip(string path)
        {
            var bytes = File.ReadAllBytes(path);
            bytes[3] ^= 1;
            File.WriteAllBytes(path, bytes);
        }
    }

    [Fact]
    public void ACheckpointThatCannotBeRead_IsNamedDamaged()
    {
        foreach (var text in new[] { "", "{", "[]", "{}", "null", "{\"version\":1}", "{\"version\":99,\"identity\":{}}", "{\"version\":\"x\"}" })
        {
            using var folder = new TempFolder();
            var target = folder.Target();
            ExportStore.Create(target, Make.State()).Dispose();
            File.WriteAllText(Path.Combine(target.PartialPath, "checkpoint.json"), text);
            var error = Fails(ExportErrorKind.Damaged, () => Resume(target));
            Assert.Contains("--force", error.Message, StringComparison.Ordinal);
            Fails(ExportErrorKind.ResumableExists, () => ExportStore.Create(target, Make.State()));
            ExportStore.Create(target with { Force = true }, Make.State()).Dispose();
        }
    }

    [Fact]
    public void ForeignFilesInThePartialFolder_Survive()
    {
        using var folder = new TempFolder();
        var target = folder.Target();
        Directory.CreateDirectory(target.PartialPath);
        var foreign = Path.Combine(target.PartialPath, "notes.txt");
        File.WriteAllText(foreign, "mine");
        Make.Export(target, Make.Events(3));
        Assert.Equal("mine", File.ReadAllText(foreign));
        Assert.Equal([foreign], Directory.GetFiles(target.PartialPath));
    }

    [Fact]
    public void Delete_LeavesNothing_AndDisposeLeavesWhatAResumptionNeeds()
    {
        using var folder = new TempFolder();
        var target = folder.Target();
        using (var store = ExportStore.Create(target, Make.State()))
        {
            store.AddPart("a", Make.Events(3));
            store.OpenPart("a").Append(Make.Event(9, 9));
        }
        Assert.Equal(["checkpoint.json", "lock", "lock.owner", "part-a-000001.ndjson"], Directory.GetFiles(target.PartialPath).Select(Path.GetFileName).Order());
        using (var store = Resume(target))
        {
            store.OpenPart("a");
            store.Delete();
        }
        Assert.Empty(Directory.GetFileSystemEntries(folder.Root));
    }

    [Fact]
    public void AnEmptyPartThatEndsItsLane_LeavesNoFile()
    {
        using var folder = new TempFolder();
        using var store = ExportStore.Create(folder.Target(), Make.State());
        store.CommitPart(store.OpenPart("a"), Make.Next(0), laneDone: false, duplicates: 2);
        store.CommitPart(store.OpenPart("a"), null, laneDone: true, duplicates: 3);
        var lane = store.State.Lanes[0];
        Assert.True(lane.Done);
        Assert.Equal(0, Assert.Single(lane.Parts).Bytes);
        Assert.Equal(5, store.State.Duplicates);
        Assert.Equal(0, store.Assemble(new SignalLog(), null, CancellationToken.None).Events);
    }

    [Fact]
    public void PartNames_AreNotUsedTwice_AlsoAfterAResumption()
    {
        using var folder = new TempFolder();
        var target = folder.Target();
        using (var store = ExportStore.Create(target, Make.State()))
        {
            store.DiscardPart(store.OpenPart("a"));
            store.AddPart("a", Make.Events(1));
        }
        using var resumed = Resume(target);
        resumed.AddPart("a", Make.Events(1), done: true);
        Assert.Equal(["part-a-000002.ndjson", "part-a-000003.ndjson"], resumed.State.Lanes[0].Parts.Select(p => p.File));
    }

    [Fact]
    public void LaneNames_AreChecked()
    {
        using var folder = new TempFolder();
        using var store = ExportStore.Create(folder.Target(), Make.State(Make.Lane("../evil"), Make.Lane("ok-1")));
        Assert.Throws<ArgumentException>(() => store.OpenPart("../evil"));
        Assert.Throws<ArgumentException>(() => store.OpenPart("unknown"));
        Assert.EndsWith("part-ok-1-000001.ndjson", store.OpenPart("ok-1").Name, StringComparison.Ordinal);
    }

    [Fact]
    public void ManyLanesAtOnce_AreAllRecorded()
    {
        using var folder = new TempFolder();
        var target = folder.Target();
        var lanes = Enumerable.Range(0, 16).Select(i => Make.Lane($"w{i:D2}", 100 - i)).ToArray();
        using (var store = ExportStore.Create(target, Make.State(lanes)))
        {
            Parallel.ForEach(lanes, lane =>
            {
                for (var i = 0; i < 20; i++)
                    store.AddPart(lane.Name, Make.Events(5, firstNumber: i), done: i == 19);
            });
            Assert.Equal(16 * 20 * 5, store.State.Rows);
        }
        using var resumed = Resume(target);
        Assert.Empty(resumed.DroppedParts);
        Assert.Equal(16 * 20 * 5, resumed.State.Rows);
        Assert.All(resumed.State.Lanes, l => Assert.True(l.Done));
    }

    [Fact]
    public void Update_CanSplitALaneAndWaitWithSaving()
    {
        using var folder = new TempFolder();
        var target = folder.Target();
        using (var store = ExportStore.Create(target, Make.State()))
        {
            store.Update(s => s with { ExpectedBefore = 7 }, save: false);
            Assert.Null(ExportStore.Peek(target.Path).ExpectedBefore);
            store.Update(s => s with { Lanes = [Make.Lane("a-1", 20), Make.Lane("a-2", 10)], Notes = new Dictionary<string, string> { ["n"] = "v" } });
        }
        var state = ExportStore.Peek(target.Path);
        Assert.Equal((7, "a-1", "v"), (state.ExpectedBefore, state.Lanes[0].Name, state.Notes["n"]));
    }

    [Fact]
    public void Cancelling_TheAssemblyKeepsEverything()
    {
        using var folder = new TempFolder();
        var target = folder.Target("x.json");
        using var store = ExportStore.Create(target, Make.State());
        store.AddPart("a", Make.Events(3), done: true);
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.Throws<OperationCanceledException>(() => store.Assemble(new SignalLog(), null, cancelled.Token));
        Assert.False(File.Exists(target.Path));
        Assert.Empty(Directory.GetFiles(target.PartialPath, "*.tmp"));
        Assert.Equal(3, store.Assemble(new SignalLog(), null, CancellationToken.None).Events);
    }

    [Fact]
    public void APartThatVanishedBeforeTheAssembly_IsNamed()
    {
        using var folder = new TempFolder();
        foreach (var name in new[] { "x.json", "x.ndjson" })
        {
            using var store = ExportStore.Create(folder.Target(name), Make.State());
            store.AddPart("a", Make.Events(3), done: true);
            File.Delete(Path.Combine(folder.Target(name).PartialPath, "part-a-000001.ndjson"));
            Fails(ExportErrorKind.Damaged, () => store.Assemble(new SignalLog(), null, CancellationToken.None));
        }
    }
}
