using System.Text.Json.Nodes;
using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Store;
using LogScalePaging.Export.Verification;
using LogScalePaging.LogScale.Events;
using static LogScalePaging.Core.Tests.Export.Verifying;

namespace LogScalePaging.Core.Tests.Export;

/// <summary>The messages for manifests that cannot be read, and for files that are not exports.</summary>
public sealed class UnreadableManifestTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("", "it is empty")]
    [InlineData("not at all", "it is not valid JSON from line 1 on")]
    [InlineData("{\n\"state\": \"Complete\",\n\"files\": [", "it is not valid JSON from line 3 on")]
    [InlineData("null", "a required value of a manifest is missing")]
    [InlineData("[]", "a required value of a manifest is missing")]
    [InlineData("{}", "a required value of a manifest is missing")]
    [InlineData("{\"files\":null}", "a required value of a manifest is missing")]
    [InlineData("{\"counts\":{\"written\":\"many\"}}", "'counts.written' has an invalid value")]
    public void AManifestThatCannotBeRead_IsNamedInASentence(string text, string why)
    {
        var target = _folder.Exported("x.json");
        File.WriteAllText(target.ManifestPath, text);
        // The file is complete, so this is not an unfinished run.
        Directory.CreateDirectory(target.PartialPath);
        File.WriteAllText(Path.Combine(target.PartialPath, "checkpoint.json"), "{}");
        var result = Verify(target.Path);
        Assert.False(result.IsValid);
        Assert.Equal(ExportErrorKind.ManifestUnreadable, result.Unreadable!.Kind);
        Assert.Equal(
            $"The manifest '{target.ManifestPath}' cannot be read: {why}. Restore it from a copy, or export again with -Force (--force).",
            result.Unreadable.Message);
        Assert.Equal(result.Unreadable.Message, Assert.Single(result.Findings).Detail);
    }

    [Fact]
    public void AManifestOfANewerVersion_NeedsThatVersion()
    {
        var target = _folder.Exported("x.json");
        Edit(target, m => m["manifestVersion"] = 4);
        var why = Verify(target.Path).Unreadable!.Message;
        Assert.Contains("has layout 4, but this version reads layouts up to 3", why, StringComparison.Ordinal);
        Assert.DoesNotContain("-Force", why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("schema", null, "the schema of its records is missing")]
    [InlineData("schema.noun", "", "The noun of the schema is not valid")]
    [InlineData("schema.identityField", "", "The name of the identity field in the schema must have 1 to 1,024 characters")]
    [InlineData("schema.timeField", "@id", "The schema uses one field for two purposes")]
    [InlineData("schema.timeUnit", "Weeks", "'schema.timeUnit' has an invalid value")]
    [InlineData("schema.order", "9", "The order '9' of the schema does not exist")]
    [InlineData("schema.order", 9, "The order '9' of the schema does not exist")]
    [InlineData("schema.values", 5, "The values '5' of the schema do not exist")]
    public void AManifestWithABadSchema_IsNamedInASentence(string path, object? value, string why)
    {
        var target = _folder.Exported("x.json");
        Edit(target, m =>
        {
            var parts = path.Split('.');
            (parts.Length == 1 ? m : m["schema"]!)[parts[^1]] = JsonValue.Create(value);
        });
        Assert.Contains($"cannot be read: {why}. Restore it", Verify(target.Path).Unreadable!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AManifestOfALayoutWithoutSchema_IsOneOfLogScale()
    {
        foreach (var name in new[] { "x.json", "x.csv" })
        {
            var target = _folder.Exported(name);
            Edit(target, m =>
            {
                m["manifestVersion"] = 2;
                m.AsObject().Remove("schema");
            });
            Assert.Equal(LogScaleEvents.Schema, AssertValid(target.Path).Schema);
        }
    }

    [Fact]
    public void AMissingManifest_IsNotAnUnreadableOne()
    {
        var target = _folder.Exported("x.json");
        File.Delete(target.ManifestPath);
        Assert.Null(Verify(target.Path).Unreadable);
    }

    [Fact]
    public void AFileWithoutAnExport_IsReported()
    {
        Assert.Contains("is a folder", Verify(_folder.Root).Findings[0].Detail, StringComparison.Ordinal);
        Assert.Contains("There is no export", Verify(_folder.In("nosuch.json")).Findings[0].Detail, StringComparison.Ordinal);
        File.WriteAllText(_folder.In("notes.txt"), "");
        Assert.Contains("There is no manifest", Verify(_folder.In("notes.txt")).Findings[0].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void TheFolderOfAnUnfinishedRun_FindsTheRun()
    {
        var target = _folder.Target("x.json");
        ExportStore.Create(target, Make.State()).Dispose();
        Assert.Contains("-Resume", Verify(target.PartialPath).Findings[0].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void AmongFiles_ExportsAreFound()
    {
        var (one, two) = (_folder.Exported("one.json"), _folder.Exported("two.bin.ndjson"));
        var odd = _folder.Target("odd.json") with { Path = _folder.In("odd.dat") };
        Make.Export(odd, Make.Events(3));
        File.WriteAllText(_folder.In("notes.txt"), "");
        File.WriteAllText(_folder.In("lost.csv.gz"), "");
        ExportStore.Create(_folder.Target("begun.json"), Make.State()).Dispose();
        var all = Directory.GetFileSystemEntries(_folder.Root);
        // An export that lost its manifest must be reported. The notes never had a manifest.
        Assert.Equal(
            [_folder.In("lost.csv.gz"), odd.Path, one.Path, two.Path],
            ExportFinder.Among(all, _folder.In("*")).Order(StringComparer.Ordinal));
        Assert.Equal(
            [odd.ManifestPath, one.ManifestPath, two.ManifestPath],
            ExportFinder.Among(all.Where(f => f.EndsWith(".manifest.json", StringComparison.Ordinal)), "*.manifest.json").Order(
                StringComparer.Ordinal));
    }
}
