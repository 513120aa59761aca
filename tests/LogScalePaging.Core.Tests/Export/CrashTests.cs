using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Files;
using LogScalePaging.Export.Store;
using LogScalePaging.Export.Target;

namespace LogScalePaging.Core.Tests.Export;

public class CrashTests
{
    private static readonly FakeWalk s_walk = new(
    [
        (Make.Lane("w1", 30), Make.Events(20, newest: 900_000)),
        (Make.Lane("w2", 20), []),
        (Make.Lane("w3", 10), Make.Events(9, newest: 500_000, firstNumber: 100)),
    ]);

    public static TheoryData<string, int?> Outputs => new()
    {
        { "x.json", null }, { "x.ndjson", null }, { "x.csv", null }, { "x.ndjson.gz", null }, { "x.ndjson", 10 }, { "x.csv.gz", 10 },
    };

    /// <summary>
    /// The files on disk at each step of a run are copied, as a kill at that moment would leave them, and the copy is resumed. The output
    /// must be that of the undisturbed run. One case is a run with one part, whose file becomes the output.
    /// </summary>
    [Theory]
    [MemberData(nameof(Outputs))]
    public void ACrashAtAnyStep_IsResumedToTheSameBytes(string name, int? maxFileEvents)
    {
        foreach (var walk in new[] { s_walk, s_walk with { PartSize = () => 100 },
            new FakeWalk([(Make.Lane("one"), Make.Events(20))]) { PartSize = () => 100 } })
        {
            using var undisturbed = new TempFolder();
            var snapshots = new List<(string Step, TempFolder Folder)>();
            ExportTarget Target(TempFolder folder) => folder.Target(name) with { MaxFileEvents = maxFileEvents };
            walk.Run(Target(undisturbed), step =>
            {
                snapshots.Add((step, new TempFolder()));
                undisturbed.CopyTo(snapshots[^1].Folder);
            });
            Assert.Equal(
                ["assembled", "assembled and in place", "checkpoint saved", "checkpoint written", "checksums renamed", "manifest renamed",
                    "old manifest deleted", "output renamed", "part flushed", "part opened", "part renamed"],
                snapshots.Select(s => s.Step).Distinct().Order());
            var expected = Outcome(undisturbed);
            foreach (var (step, folder) in snapshots)
            {
                using (folder)
                {
                    walk.Run(Target(folder));
                    Assert.Equal((step, expected), (step, Outcome(folder)));
                }
            }
        }
    }

    /// <summary>There are only the output and the manifest, and the output has the right bytes.</summary>
    internal static string Outcome(TempFolder folder) =>
        string.Join("\n", Directory.GetFileSystemEntries(folder.Root).Order(StringComparer.Ordinal)
        .Select(f => Path.GetFileName(f) + (f.EndsWith(".manifest.json", StringComparison.Ordinal) ? "" : " " + FileHash.Sha256(f))));

    [Fact]
    public void ACrashDuringCleanUp_LeavesAFinishedExport()
    {
        using var folder = new TempFolder();
        var target = folder.Target("x.json");
        using (var store = ExportStore.Create(target, Make.State()))
        {
            store.AddPart("a", Make.Events(3), done: true);
            var finished = store.Assemble(new LogScalePaging.Diagnostics.SignalLog(), null, CancellationToken.None);
            Make.Manifest(target, store.State, finished).Save(target.ManifestPath);
            // The checkpoint is deleted first.
            File.Delete(Path.Combine(target.PartialPath, "checkpoint.json"));
        }
        Verifying.AssertValid(target.Path);
        Assert.Equal(ExportErrorKind.NothingToResume, Assert.Throws<ExportException>(() => ExportStore.Resume(target, s => s)).Kind);
        Make.Export(target with { Force = true }, Make.Events(4));
        Assert.False(Directory.Exists(target.PartialPath));
    }

    [Fact]
    public void AnExistingOutput_IsNotWrittenAgain()
    {
        using var folder = new TempFolder();
        var target = folder.Target("x.csv");
        var warnings = new List<string>();
        for (var run = 0; run < 2; run++)
        {
            using var store = run == 0 ? ExportStore.Create(target, Make.State()) : ExportStore.Resume(target, s => s);
            if (run == 0)
                store.AddPart("a", [Make.Event("{\"a\":\"=1+1\"}")], done: true);
            else
                File.Delete(Path.Combine(target.PartialPath, "part-a-000001.ndjson"));
            Assert.Empty(store.DroppedParts);
            Assert.All(store.State.Lanes, l => Assert.True(l.Done));
            var signals = new LogScalePaging.Diagnostics.SignalLog();
            Assert.Equal(1, store.Assemble(signals, null, CancellationToken.None).Events);
            warnings.Add(Assert.Single(signals.Warnings).Message);
        }
        Assert.Equal(warnings[0], warnings[1]);
    }

    [Fact]
    public void AChangedOutput_IsNotUsed()
    {
        using var folder = new TempFolder();
        var target = folder.Target("x.json");
        using (var store = ExportStore.Create(target, Make.State()))
        {
            store.AddPart("a", Make.Events(3), done: true);
            store.Assemble(new LogScalePaging.Diagnostics.SignalLog(), null, CancellationToken.None);
        }
        File.AppendAllText(target.Path, " ");
        Assert.Equal(ExportErrorKind.OutputExists, Assert.Throws<ExportException>(() => ExportStore.Resume(target, s => s)).Kind);
    }
}
