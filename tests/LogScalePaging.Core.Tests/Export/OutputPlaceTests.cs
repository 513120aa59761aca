using LogScalePaging.Diagnostics;
using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Formats;
using LogScalePaging.Export.Store;
using LogScalePaging.Export.Target;
using static LogScalePaging.Core.Tests.Export.Stores;

namespace LogScalePaging.Core.Tests.Export;

/// <summary>Where an output may be written, and which files may exist there.</summary>
public class OutputPlaceTests
{
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
            Assert.Contains("3 records saved", error.Message, StringComparison.Ordinal);
        }
        Assert.Equal("precious", File.ReadAllText(target.Path));
        Fails(ExportErrorKind.OutputExists, () => Resume(target));
        using var resumed = Resume(target with { Force = true });
        Assert.Equal(3, resumed.Assemble(new SignalLog(), null, CancellationToken.None).Events);
        Assert.NotEqual("precious", File.ReadAllText(target.Path));
    }

    [Fact]
    public void ForceOfTheFirstRun_IsRememberedByAResumption()
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
    public void APathThatCannotBeAnOutput_IsRefusedWithAMessage()
    {
        using var folder = new TempFolder();
        Fails(ExportErrorKind.FolderMissing, () => ExportStore.Create(folder.Target("missing/x.json"), Make.State()));
        Fails(ExportErrorKind.BadPath, () => ExportStore.Create(folder.Target() with { Path = folder.Root }, Make.State()));
        Fails(ExportErrorKind.BadPath,
            () => ExportStore.Create(folder.Target() with { Path = folder.Root + Path.DirectorySeparatorChar }, Make.State()));
        var nothing = Fails(ExportErrorKind.NothingToResume, () => Resume(folder.Target()));
        Assert.Contains("nothing to resume", nothing.Message, StringComparison.Ordinal);
        Fails(ExportErrorKind.NothingToResume, () => ExportStore.Peek(folder.In("x.json")));
        Make.Export(folder.Target(), []);
        Assert.Contains("is finished", Fails(ExportErrorKind.NothingToResume, () => Resume(folder.Target())).Message,
            StringComparison.Ordinal);
    }

    [LinuxFact]
    public void AFolderWithoutWriteAccess_IsRefusedWithAMessage()
    {
        // Even root cannot create folders in /proc.
        var target = new ExportTarget { Path = "/proc/self/x.json", Format = ExportFormat.Json };
        var error = Assert.Throws<ExportException>(() => ExportStore.Create(target, Make.State()));
        Assert.True(error.Kind is ExportErrorKind.NotWritable or ExportErrorKind.FolderMissing or ExportErrorKind.Other, error.Message);
        Assert.Contains("Nothing was fetched", error.Message, StringComparison.Ordinal);
    }
}
