using LogScalePaging.Diagnostics;
using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Files;
using LogScalePaging.Export.Store;

namespace LogScalePaging.Core.Tests.Export;

/// <summary>A file name that leads to <c>/dev/full</c> is a disk that is full for this file only, so that each step can be tried.</summary>
public class DiskFullTests
{
    private static void MakeFull(string path) => Assert.Equal(0, Tools.Run("ln", "-s", "/dev/full", path).ExitCode);

    private static ExportException IsFull(Action action, string file)
    {
        var error = Assert.Throws<ExportException>(action);
        Assert.Equal(ExportErrorKind.DiskFull, error.Kind);
        Assert.Contains(file, error.Message, StringComparison.Ordinal);
        return error;
    }

    [LinuxFact]
    public void APart_IsLostAlone_AndTheRestIsSafe()
    {
        using var folder = new TempFolder();
        var target = folder.Target();
        using (var store = ExportStore.Create(target, Make.State()))
        {
            store.AddPart("a", Make.Events(12), next: 12);
            MakeFull(Path.Combine(target.PartialPath, "part-a-000002.ndjson.tmp"));
            var error = IsFull(() => store.AddPart("a", Make.Events(5), next: 17), "part-a-000002.ndjson");
            Assert.Contains("12 records saved in '" + target.PartialPath, error.Message, StringComparison.Ordinal);
            Assert.Contains("-Resume (--resume)", error.Message, StringComparison.Ordinal);
            Assert.Equal(12, store.State.Rows);
        }
        using var resumed = ExportStore.Resume(target, s => s);
        Assert.Equal(12, resumed.State.Rows);
    }

    [LinuxFact]
    public void APartLargerThanItsBuffer_FailsWhileItIsWritten()
    {
        using var folder = new TempFolder();
        var target = folder.Target();
        using var store = ExportStore.Create(target, Make.State());
        MakeFull(Path.Combine(target.PartialPath, "part-a-000001.ndjson.tmp"));
        var part = store.OpenPart("a");
        var large = Make.Event("{\"s\":\"" + new string('x', BlockBuffer.DefaultSize) + "\"}");
        Assert.Contains("No records are saved yet", IsFull(() => part.Append(large), "part-a").Message, StringComparison.Ordinal);
        store.DiscardPart(part);
        store.AddPart("a", [large], done: true);
        Assert.Equal(1, store.Assemble(new SignalLog(), null, CancellationToken.None).Events);
    }

    [LinuxFact]
    public void TheCheckpoint_StaysTheOldOne()
    {
        using var folder = new TempFolder();
        var target = folder.Target();
        using (var store = ExportStore.Create(target, Make.State()))
        {
            store.AddPart("a", Make.Events(3), next: 3);
            MakeFull(Path.Combine(target.PartialPath, "checkpoint.json.tmp"));
            Assert.Contains("3 records saved", IsFull(() => store.AddPart("a", Make.Events(4), next: 7), "checkpoint.json").Message,
                StringComparison.Ordinal);
            // The disk has room again, so the next change saves everything.
            store.AddPart("a", Make.Events(1), next: 8);
            Assert.Equal(8, ExportStore.Peek(target.Path).Rows);
        }
    }

    [LinuxFact]
    public void TheOutput_DoesNotAppear_AndAppearsLater()
    {
        using var folder = new TempFolder();
        foreach (var name in new[] { "x.json", "x.csv", "x.ndjson.gz" })
        {
            var target = folder.Target(name);
            using (var store = ExportStore.Create(target, Make.State()))
            {
                store.AddPart("a", Make.Events(30), done: true);
                MakeFull(Path.Combine(target.PartialPath, "output-00001.tmp"));
                Assert.Contains("30 records saved",
                    IsFull(() => store.Assemble(new SignalLog(), null, CancellationToken.None), "output-00001").Message,
                    StringComparison.Ordinal);
            }
            Assert.False(File.Exists(target.Path));
            using var resumed = ExportStore.Resume(target, s => s);
            Assert.Equal(30, resumed.Assemble(new SignalLog(), null, CancellationToken.None).Events);
        }
    }

    [LinuxFact]
    public void TheManifest_IsNamed()
    {
        using var folder = new TempFolder();
        var target = folder.Target();
        using var store = ExportStore.Create(target, Make.State());
        store.AddPart("a", Make.Events(3), done: true);
        var finished = store.Assemble(new SignalLog(), null, CancellationToken.None);
        MakeFull(target.ManifestPath + ".tmp");
        Assert.Contains("The output is complete",
            IsFull(() => Make.Manifest(target, store.State, finished).Save(target.ManifestPath), "manifest.json").Message,
            StringComparison.Ordinal);
    }

    [SmallDiskFact]
    public void ARealDisk_FillsUp_AndAfterMakingRoomTheExportIsWhole()
    {
        using var disk = new SmallDisk(megabytes: 2);
        using var folder = new TempFolder(disk.Root);
        var target = folder.Target("x.json");
        var ballast = folder.In("ballast");
        File.WriteAllBytes(ballast, new byte[1_400_000]);
        var events = Make.Events(10_000);
        var walk = new FakeWalk([(Make.Lane("a"), events)]) { PartSize = () => 1000 };
        var error = Assert.Throws<ExportException>(() => walk.Run(target));
        Assert.Equal(ExportErrorKind.DiskFull, error.Kind);
        Assert.True(ExportStore.Peek(target.Path).Rows is > 0 and <= 10_000);
        File.Delete(ballast);
        walk.Run(target);
        Assert.Equal(10_000, Verifying.AssertValid(target.Path).Counts.Written);
    }
}
