using LogScalePaging.Diagnostics;
using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Manifest;
using LogScalePaging.Export.Store;
using LogScalePaging.Export.Target;
using static LogScalePaging.Core.Tests.Export.Stores;

namespace LogScalePaging.Core.Tests.Export;

/// <summary>A kill at each step between the last part and the end of a run. The next run of any kind finishes it.</summary>
public class PublishingTests
{
    private static readonly FakeWalk s_walk = new([(Make.Lane("a"), Make.Events(9))]) { PartSize = () => 100 };
    private static readonly FakeWalk s_next = new([(Make.Lane("a"), Make.Events(5, firstNumber: 50))]);

    /// <summary>Name, limit of a file, and the limit of the older output that is replaced: -1 for none, 0 for one file.</summary>
    public static TheoryData<string, int?, int> Outputs => new()
    {
        { "x.json", null, -1 }, { "x.ndjson", null, -1 }, { "x.csv", 4, -1 },
        { "x.json", null, 0 }, { "x.ndjson", null, 0 }, { "x.ndjson.gz", 4, 2 }, { "x.ndjson", null, 2 }, { "x.json", 4, 0 },
    };

    [Theory]
    [MemberData(nameof(Outputs))]
    public void AKill_IsFinishedByAResumption(string name, int? limit, int old) => AtEachStep(name, limit, old, (target, step,
        isPublishing) =>
    {
        using (var store = ExportStore.Resume(target, s => s))
            Assert.Equal((step, isPublishing), (step, store.Published is not null));
        s_walk.Run(target);
    });

    [Theory]
    [MemberData(nameof(Outputs))]
    public void AKill_IsFinishedByARunThatIsRefused(string name, int? limit, int old) => AtEachStep(name, limit, old, (target, step,
        isPublishing) =>
    {
        var error = Assert.Throws<ExportException>(() => ExportStore.Create(target, Make.State()));
        Assert.Equal((step, !isPublishing ? ExportErrorKind.ResumableExists : ExportErrorKind.OutputExists), (step, error.Kind));
        if (error.Kind == ExportErrorKind.ResumableExists)
            s_walk.Run(target);
    });

    [Theory]
    [MemberData(nameof(Outputs))]
    public void AKill_IsFinishedBeforeTheOutputIsReplaced(string name, int? limit, int old) => AtEachStep(name, limit, old, (target, _,
        isPublishing) =>
    {
        using (var store = ExportStore.Create(target with { Force = true }, Make.State()))
        {
            // Until the new output is complete, the old one is complete and has its manifest.
            if (isPublishing || old >= 0)
                Verifying.AssertValid(target.ManifestPath);
            store.Delete();
        }
        if (!isPublishing)
        {
            // What was replaced is an older output, or there is none.
            Assert.Equal(old >= 0, File.Exists(target.ManifestPath));
            s_walk.Run(target with { Force = true });
        }
    });

    [Theory]
    [MemberData(nameof(Outputs))]
    public void AKillOfTheRunThatFinishes_IsFinishedToo(string name, int? limit, int old) => AtEachStep(name, limit, old, (target, _, _) =>
    {
        for (var kill = 1; ExportStore.Exists(target); kill++)
        {
            var steps = 0;
            try
            {
                s_walk.Run(target, _ =>
                {
                    if (++steps == kill)
                        throw new InvalidOperationException("killed");
                });
            }
            catch (InvalidOperationException)
            {
            }
        }
    });

    [Fact]
    public void TheManifestThatIsPublished_IsTheOneOfTheRunThatMadeIt()
    {
        using var folder = new TempFolder();
        var target = folder.Target("x.json");
        using (var store = ExportStore.Create(target, Make.State()))
        {
            store.AddPart("a", Make.Events(3), done: true);
            Fails(ExportErrorKind.BadPath, () => Killed(target, store));
        }
        Assert.True(File.Exists(target.Path));
        Directory.Delete(target.ManifestPath);
        using (var store = Resume(target))
        {
            Assert.Equal("the reason", store.Published!.Reason);
            store.Complete();
        }
        Assert.Equal("the reason", Verifying.AssertValid(target.Path).Reason);

        static FinishedExport Killed(ExportTarget target, ExportStore store) => store.Assemble(new SignalLog(), null,
            CancellationToken.None, finished =>
        {
            File.WriteAllText(Path.Combine(target.PartialPath, "manifest.json.tmp"), "cut");
            // The folder takes the place of the manifest, and so the publishing ends after the output has its name.
            Directory.CreateDirectory(target.ManifestPath);
            return Make.Manifest(target, store.State, finished) with { Reason = "the reason" };
        });
    }

    [Fact]
    public void AnOutputThatWasTakenAway_IsMadeAgain()
    {
        using var folder = new TempFolder();
        var target = folder.Target("x.json");
        var moments = Moments(target, folder);
        using var taken = moments.Single(m => m.Step == "output renamed").Folder;
        var again = taken.Target("x.json");
        File.Delete(again.Path);
        Fails(ExportErrorKind.ResumableExists, () => ExportStore.Create(again, Make.State()));
        s_walk.Run(again);
        Assert.Equal(CrashTests.Outcome(folder), CrashTests.Outcome(taken));
        foreach (var (_, copy) in moments.Where(m => m.Folder != taken))
            copy.Dispose();
    }

    [Fact]
    public void ARunThatPublishes_RefusesAnOutputThatCameInBetween()
    {
        using var folder = new TempFolder();
        var moments = Moments(folder.Target("x.json"), folder);
        using var between = moments.Last(m => m.Step == "checkpoint saved").Folder;
        var target = between.Target("x.json");
        File.WriteAllText(target.Path, "mine");
        Fails(ExportErrorKind.OutputExists, () => Resume(target));
        Fails(ExportErrorKind.ResumableExists, () => ExportStore.Create(target, Make.State()));
        Assert.Equal("mine", File.ReadAllText(target.Path));
        foreach (var (_, copy) in moments.Where(m => m.Folder != between))
            copy.Dispose();
    }

    // A run continues from the files that each step left. In the end there must be the output of an undisturbed run, and it must be valid.
    private static void AtEachStep(string name, int? limit, int old, Action<ExportTarget, string, bool> next)
    {
        using var undisturbed = new TempFolder();
        var target = undisturbed.Target(name) with { MaxFileEvents = limit, Force = old >= 0 };
        if (old >= 0)
            s_next.Run(target with { MaxFileEvents = old == 0 ? null : old });
        var moments = Moments(target, undisturbed);
        var expected = CrashTests.Outcome(undisturbed);
        var steps = moments.ConvertAll(m => m.Step);
        var recorded = steps.LastIndexOf("checkpoint written") + 1;
        Assert.Contains("manifest renamed", steps);
        for (var i = 0; i < moments.Count; i++)
        {
            using var folder = moments[i].Folder;
            var step = moments[i].Step;
            var isPublishing = i >= recorded;
            var rerun = folder.Target(name) with { MaxFileEvents = limit };
            next(rerun, step, isPublishing);
            Assert.Equal((step, expected), (step, CrashTests.Outcome(folder)));
            Verifying.AssertValid(rerun.ManifestPath);
        }
    }

    private static List<(string Step, TempFolder Folder)> Moments(ExportTarget target, TempFolder folder)
    {
        var moments = new List<(string Step, TempFolder Folder)>();
        s_walk.Run(target, step =>
        {
            if (moments.Count == 0 && step != "part renamed")
                return;
            moments.Add((step, new TempFolder()));
            folder.CopyTo(moments[^1].Folder);
        });
        return moments;
    }
}
