using LogScalePaging.Diagnostics;
using LogScalePaging.Export.Store;
using LogScalePaging.Records;
using static LogScalePaging.Core.Tests.Export.Stores;

namespace LogScalePaging.Core.Tests.Export;

/// <summary>The parts of an export on disk, and what is left of them at its end.</summary>
public class StoreTests
{
    [Fact]
    public void AnExport_LeavesItsOutputAndItsManifestAndNothingElse()
    {
        using var folder = new TempFolder();
        var target = folder.Target();
        var events = Make.Events(10);
        var finished = Make.Export(target, events);
        Assert.Equal(string.Concat(events.Select(e => e + "\n")), File.ReadAllText(target.Path));
        Assert.Equal(["events.ndjson", "events.ndjson.manifest.json"],
            Directory.GetFileSystemEntries(folder.Root).Select(Path.GetFileName).Order());
        var file = Assert.Single(finished.Files);
        Assert.Equal(("events.ndjson", 10, 1_000_000, 999_997, "id-0", "id-9"),
            (file.Path, file.Events, file.Newest, file.Oldest, file.FirstId, file.LastId));
        Assert.Equal(new FileInfo(target.Path).Length, file.Bytes);
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(target.Path))), file.Sha256);
        Assert.Equal((new RecordMark("id-0", 1_000_000), new RecordMark("id-9", 999_997), true),
            (finished.First, finished.Last, finished.Ordered));
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
        Assert.Equal(["checkpoint.json", "part-a-000001.ndjson"], Directory.GetFiles(target.PartialPath).Select(Path.GetFileName).Order());
        using (var store = Resume(target))
        {
            store.OpenPart("a");
            store.Delete();
        }
        Assert.Empty(Directory.GetFileSystemEntries(folder.Root));
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\n\n")]
    [InlineData(" \n")]
    [InlineData("\t")]
    [InlineData("")]
    public async Task AnEventIsOneLine_WithAnySeparatorOfTheServer(string between)
    {
        using var folder = new TempFolder();
        using var store = ExportStore.Create(folder.Target(), Make.State());
        var events = Make.Events(500);
        var body = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(string.Join(between, events)));
        var part = store.OpenPart("a");
        await LogScalePaging.LogScale.Streaming.EventStreamReader.ReadAsync(body, read =>
        {
            part.Append(read);
            return true;
        }, default);
        Assert.Equal((500, 1_000_000, 999_834), (part.Rows, part.Newest, part.Oldest));
        store.CommitPart(part, null, laneDone: true);
        Assert.Equal(string.Concat(events.Select(e => e + "\n")),
            File.ReadAllText(Assert.Single(Directory.GetFiles(folder.Target().PartialPath, "part-*"))));
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
            store.Update(s => s with
            {
                Lanes = [Make.Lane("a-1", 20), Make.Lane("a-2", 10)],
                Notes = new Dictionary<string, string> { ["n"] = "v" }
            });
        }
        var state = ExportStore.Peek(target.Path);
        Assert.Equal((7, "a-1", "v"), (state.ExpectedBefore, state.Lanes[0].Name, state.Notes["n"]));
    }
}
