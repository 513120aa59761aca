using LogScalePaging.Diagnostics;
using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Store;

namespace LogScalePaging.Core.Tests.Export;

public class RotationTests
{
    private static string[] Files(TempFolder folder) =>
        [.. Directory.GetFiles(folder.Root).Select(f => Path.GetFileName(f)!).Where(f => !f.Contains("manifest", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)];

    [Theory]
    [InlineData("x.json", "x-00001.json,x-00002.json,x-00003.json")]
    [InlineData("x.ndjson.gz", "x-00001.ndjson.gz,x-00002.ndjson.gz,x-00003.ndjson.gz")]
    [InlineData("x.csv", "x-00001.csv,x-00002.csv,x-00003.csv")]
    public void ByEvents_EachFileIsWholeInItself(string name, string files)
    {
        using var folder = new TempFolder();
        var target = folder.Target(name) with { MaxFileEvents = 5 };
        var finished = Make.Export(target, Make.Events(12));
        Assert.Equal(files.Split(','), Files(folder));
        Assert.Equal(files.Split(','), finished.Files.Select(f => f.Path));
        Assert.Equal([5, 5, 2], finished.Files.Select(f => f.Events));
        Assert.Equal(["id-0", "id-5", "id-10"], finished.Files.Select(f => f.FirstId));
        Assert.Equal(["id-4", "id-9", "id-11"], finished.Files.Select(f => f.LastId));
        Verifying.AssertValid(target.Path);
    }

    [Theory]
    [InlineData("x.json")]
    [InlineData("x.ndjson")]
    [InlineData("x.csv")]
    public void BySize_NoFileIsLargerUnlessOfOneEvent(string name)
    {
        foreach (var size in new[] { 1, 200, 201, 5000 })
        {
            using var folder = new TempFolder();
            var target = folder.Target(name) with { MaxFileSize = size };
            var finished = Make.Export(target, Make.Events(40));
            Assert.All(finished.Files, f => Assert.True(f.Bytes <= size || f.Events == 1, $"{f.Path}: {f.Bytes}"));
            Assert.All(finished.Files, f => Assert.Equal(new FileInfo(folder.In(f.Path)).Length, f.Bytes));
            Assert.Equal(size == 5000 ? 1 : size == 1 ? 40 : finished.Files.Count, finished.Files.Count);
            Verifying.AssertValid(target.Path);
        }
    }

    [Fact]
    public void NoEvents_GiveOneFile()
    {
        using var folder = new TempFolder();
        Make.Export(folder.Target("x.json") with { MaxFileEvents = 5 }, []);
        Assert.Equal(["x-00001.json"], Files(folder));
    }

    [Fact]
    public void AnOldOutputInSeveralFiles_IsFoundAndReplacedWhole()
    {
        using var folder = new TempFolder();
        var target = folder.Target("x.json") with { MaxFileEvents = 2 };
        Make.Export(target, Make.Events(8));
        File.WriteAllText(folder.In("x-00009.json"), "not of that export");
        var error = Assert.Throws<ExportException>(() => ExportStore.Create(target with { MaxFileEvents = null }, Make.State()));
        Assert.Equal(ExportErrorKind.OutputExists, error.Kind);
        Assert.EndsWith("x-00001.json", error.Path, StringComparison.Ordinal);
        Make.Export(target with { Force = true }, Make.Events(3));
        Assert.Equal(["x-00001.json", "x-00002.json", "x-00009.json"], Files(folder));
        Make.Export(target with { Force = true, MaxFileEvents = null }, Make.Events(3));
        Assert.Equal(["x-00009.json", "x.json"], Files(folder));
    }

    [Fact]
    public void NothingAppears_BeforeAllFilesAreWhole()
    {
        using var folder = new TempFolder();
        var target = folder.Target("x.json") with { MaxFileEvents = 2 };
        var seen = new List<int>();
        using var store = ExportStore.Create(target, Make.State(), step =>
        {
            if (step is "assembled" or "output renamed")
                seen.Add(Files(folder).Length);
        });
        store.AddPart("a", Make.Events(8), done: true);
        store.Assemble(new SignalLog(), null, CancellationToken.None);
        Assert.Equal([0, 1, 2, 3, 4], seen);
    }
}
