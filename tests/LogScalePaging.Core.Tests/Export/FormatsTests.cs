using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Formats;
using LogScalePaging.Export.Target;

namespace LogScalePaging.Core.Tests.Export;

public class FormatsTests
{
    [Theory]
    [InlineData("queryjob_results.json", ExportFormat.Json, false)]
    [InlineData("a/b.c/events.NDJSON", ExportFormat.NdJson, false)]
    [InlineData("x.jsonl.gz", ExportFormat.NdJson, true)]
    [InlineData("x.csv.GZ", ExportFormat.Csv, true)]
    public void TheEnding_NamesTheFormat(string path, ExportFormat format, bool compressed)
    {
        Assert.Equal(format, ExportFormats.FromPath(path, out var gz));
        Assert.Equal(compressed, gz);
        Assert.True(ExportFormats.TryParse(ExportFormats.Name(format), out var again));
        Assert.Equal(format, again);
    }

    [Theory]
    [InlineData("events")]
    [InlineData("events.txt")]
    [InlineData("events.gz")]
    [InlineData("folder.json/events")]
    [InlineData("")]
    public void AnotherEnding_NamesNone(string path)
    {
        var error = Assert.Throws<ExportException>(() => ExportFormats.FromPath(path, out _));
        Assert.Equal(ExportErrorKind.BadPath, error.Kind);
        Assert.Contains(".ndjson", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AFolder_IsCalledAFolder()
    {
        using var folder = new TempFolder();
        string[] folders = [folder.Root, folder.In("new") + Path.DirectorySeparatorChar];
        foreach (var path in folders)
        {
            var error = Assert.Throws<ExportException>(() => ExportFormats.FromPath(path, out _));
            Assert.Equal(ExportErrorKind.BadPath, error.Kind);
            Assert.Contains("is a folder", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void ATarget_HasAFullPath()
    {
        var target = new ExportTarget { Path = "x.json", Format = ExportFormat.Json };
        Assert.Equal(Path.GetFullPath("x.json"), target.Path);
        Assert.Equal(target.Path + ".manifest.json", target.ManifestPath);
        Assert.Equal(target.Path + ".partial", target.PartialPath);
        Assert.Equal(ExportErrorKind.BadPath, Assert.Throws<ExportException>(() => target with { Path = "" }).Kind);
        Assert.Equal(ExportErrorKind.BadPath, Assert.Throws<ExportException>(() => target with { Path = "a\0b" }).Kind);
    }

    [Theory]
    [InlineData("events.ndjson", "events-00002.ndjson")]
    [InlineData("events.csv.gz", "events-00002.csv.gz")]
    [InlineData("a.b.json", "a.b-00002.json")]
    public void NumberedFiles_KeepTheEnding(string name, string second)
    {
        var target = new ExportTarget { Path = name, Format = ExportFormat.Json, MaxFileEvents = 1 };
        var names = new OutputNames(target);
        Assert.Equal(second, names.Name(2));
        Assert.True(names.IsOurs(second));
        Assert.True(names.IsOurs(name));
        Assert.True(names.IsOurs(names.Name(123456)));
        Assert.False(names.IsOurs("other.ndjson"));
        Assert.False(names.IsOurs(second + ".bak"));
        Assert.False(names.IsOurs(second.Replace("00002", "2", StringComparison.Ordinal)));
        Assert.False(names.IsOurs(second.Replace("00002", "000002", StringComparison.Ordinal)));
        Assert.Equal(name, new OutputNames(target with { MaxFileEvents = null }).Name(1));
    }
}
