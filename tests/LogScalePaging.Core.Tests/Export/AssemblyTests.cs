using LogScalePaging.Diagnostics;
using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Store;
using static LogScalePaging.Core.Tests.Export.Stores;

namespace LogScalePaging.Core.Tests.Export;

/// <summary>How parts become the output.</summary>
public class AssemblyTests
{
    [Fact]
    public void Lanes_AreAssembledNewestRangeFirstAndThenByName()
    {
        using var folder = new TempFolder();
        var target = folder.Target();
        using var store = ExportStore.Create(target,
            Make.State(Make.Lane("b", 10), Make.Lane("old", 5), Make.Lane("a", 10), Make.Lane("new", 20)));
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
            Verifying.AssertValid(target.Path);
        }
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
