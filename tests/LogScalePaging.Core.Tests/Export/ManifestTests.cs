using System.Text.Json;
using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Manifest;
using LogScalePaging.Paging.Verdicts;

namespace LogScalePaging.Core.Tests.Export;

public class ManifestTests
{
    [Fact]
    public void AllValues_AreReadBack_AndAreReadable()
    {
        using var folder = new TempFolder();
        var manifest = Make.Manifest(folder.Target(), Make.State(), new FinishedExport { Files = [], Events = 0 }) with
        {
            Duration = TimeSpan.FromSeconds(1.5),
            Started = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
            Signals = new Dictionary<string, long> { ["Retried"] = 2 },
            Warnings = ["<b>ü</b>"],
            MissingRanges = [new ManifestRange(1, 2)],
            Jobs = new ManifestJobs(3, 3, 1),
        };
        manifest.Save(folder.In("m.json"));
        var text = File.ReadAllText(folder.In("m.json"));
        Assert.Contains("\"query\": \"#kind=test | \\\"ü\\\"\",\n", text, StringComparison.Ordinal);
        Assert.Contains("\"startUtc\": \"1970-01-01T00:00:00.000Z\"", text, StringComparison.Ordinal);
        Assert.Contains("\"Retried\": 2", text, StringComparison.Ordinal);
        Assert.Contains("<b>ü</b>", text, StringComparison.Ordinal);
        Assert.EndsWith("}\n", text, StringComparison.Ordinal);
        ExportManifest.Load(folder.In("m.json")).Save(folder.In("n.json"));
        Assert.Equal(text, File.ReadAllText(folder.In("n.json")));
        Assert.Equal(["m.json", "n.json"], Directory.GetFiles(folder.Root).Select(Path.GetFileName).Order());
    }

    /// <summary>The list of all fields of a manifest. A person checks each addition, so that no field holds a secret.</summary>
    [Fact]
    public void ItHasKnownNamesOnly()
    {
        using var folder = new TempFolder();
        Make.Manifest(folder.Target(), Make.State(), new FinishedExport { Files = [], Events = 0 }).Save(folder.In("m.json"));
        using var document = JsonDocument.Parse(File.ReadAllText(folder.In("m.json")));
        Assert.Equal(
            "arguments bytesReceived columns compressed counts duration files finished first format host jobs last manifestVersion maxEvents missingRanges "
            + "order ordered property query querySha256 range reason repository requests resumes retries schema signals started state "
            + "strategy strategyReason system tenant timeZone tool version warnings windows",
            string.Join(' ', document.RootElement.EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void OddRanges_HaveNoCalendarText()
    {
        Assert.Null(new ManifestRange(long.MinValue, long.MaxValue).StartUtc);
        Assert.Null(new ManifestRange(null, long.MaxValue).EndUtc);
        Assert.Equal("9999-12-31T23:59:59.999Z", new ManifestRange(null, 253_402_300_799_999).EndUtc);
    }

    [Fact]
    public void AnErrorWhileSaving_IsAMessage()
    {
        using var folder = new TempFolder();
        var manifest = Make.Manifest(folder.Target(), Make.State(), new FinishedExport { Files = [], Events = 0 });
        Assert.Equal(ExportErrorKind.FolderMissing, Assert.Throws<ExportException>(() => manifest.Save(folder.In("none/m.json"))).Kind);
        Assert.Equal(nameof(CompletenessState.Complete), manifest.State);
    }
}
