using System.Text.RegularExpressions;
using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Manifest;
using LogScalePaging.Export.Reports;
using LogScalePaging.Export.Target;

namespace LogScalePaging.Core.Tests.Export;

/// <summary>The chart and the page about an export: every format, damage, and texts that try to get out of them.</summary>
public sealed class ReportTests : IDisposable
{
    private const string Evil = "</td><script>alert(1)</script><img src=x onerror=alert(2)>\"'&\u001b[31mred\u0007\u202e";
    private readonly TempFolder _folder = new();

    public static TheoryData<string, int?> Outputs => new()
    {
        { "x.json", null }, { "x.ndjson", null }, { "x.csv", null }, { "x.ndjson.gz", null }, { "x.csv.gz", 4 }, { "x.ndjson", 3 },
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Outputs))]
    public void EachFormat_IsDrawn(string name, int? limit)
    {
        var survey = Survey(_folder.Target(name) with { MaxFileEvents = limit }, m => m);
        Assert.Equal((10, 0, 0), (survey.Bins!.Inside, survey.Bins.Outside, survey.Bins.WithoutTime));
        Assert.True(survey.Verification.IsValid);
        var lines = Lines(survey);
        Assert.Equal($"{name}: Complete, the files match the manifest", lines[0]);
        Assert.Contains(lines, l => l.Contains('█'));
        Assert.All(lines, l => Assert.InRange(l.Length, 0, 80));
        var page = Page(survey);
        Assert.Contains("class=\"verdict good\"", page, StringComparison.Ordinal);
        Assert.Equal(survey.Bins.Counts.Count(c => c > 0), page.Split(["<rect class=\"bar\""], StringSplitOptions.None).Length - 1);
        Assert.All(survey.Manifest.Files, f => Assert.Contains(f.Sha256, page, StringComparison.Ordinal));
        Assert.Contains(survey.ManifestSha256, page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(40)]
    [InlineData(80)]
    [InlineData(120)]
    [InlineData(200)]
    public void AChart_FitsIntoItsWidth_AlsoInAscii(int width)
    {
        var survey = Survey(_folder.Target("x.json"),
            m => m with { Reason = string.Join(" ", Enumerable.Repeat("a long reason", 30)), MissingRanges = [m.Range] },
            TerminalChart.Bars(width));
        foreach (var isAscii in new[] { true, false })
        {
            var lines = new TerminalChart(survey, width, isAscii, t => t).Lines();
            Assert.All(lines, l => Assert.InRange(l.Length, 0, width));
            Assert.Contains(lines, l => l.TrimStart().StartsWith(isAscii ? "missing  xxx" : "missing  ×××", StringComparison.Ordinal));
            Assert.Equal(isAscii, lines.All(l => l.All(c => c < 128)));
            Assert.Equal(30,
                Regex.Replace(string.Join(" ", lines), " +", " ").Split(["a long reason"], StringSplitOptions.None).Length - 1);
        }
    }

    [Fact]
    public void DamageAndMissingEvents_AreSaidFirst()
    {
        var target = _folder.Target("x.ndjson");
        Whole(target, m => m with
        {
            State = "Incomplete",
            Reason = "5 events are missing",
            Counts = m.Counts with { Expected = 15, Missing = 5 },
            MissingRanges = [new(999_000, 1_000_000)],
            Windows = [new(999_000, 1_000_000, 15, 15, 10)],
        });
        File.AppendAllText(target.Path, "{}\n");
        var survey = ExportSurvey.Read(target.Path, 60, null, CancellationToken.None);
        var lines = Lines(survey);
        Assert.Equal("x.ndjson: Incomplete, THE FILES DO NOT MATCH THE MANIFEST", lines[0]);
        foreach (var said in new[] { "Incomplete: 5 events are missing", "15 expected, 5 missing", "1970-01-01T00:16:39.000Z to",
            "10 of 15", "Sha256 of x.ndjson", "1 have no time" })
            Assert.Contains(lines, l => l.Contains(said));
        var page = Page(survey);
        Assert.Contains("class=\"verdict bad\"", page, StringComparison.Ordinal);
        Assert.Contains("the files do NOT match the manifest", page, StringComparison.Ordinal);
        Assert.Contains("<rect class=\"hole\"", page, StringComparison.Ordinal);
        Assert.Contains("Failed: Sha256 of x.ndjson.", page, StringComparison.Ordinal);
        Assert.Contains("FAILED", page, StringComparison.Ordinal);
    }

    [Fact]
    public void AnUnverifiedExport_AndOneWithoutTimes_AreDrawn()
    {
        var survey = Survey(_folder.Target("x.ndjson"),
            m => m with { State = "Unverified", Counts = m.Counts with { Expected = null, Missing = null } });
        Assert.Contains("class=\"verdict doubtful\"", Page(survey), StringComparison.Ordinal);
        Assert.Contains("not known", string.Concat(Lines(survey)), StringComparison.Ordinal);
        survey = Survey(_folder.Target("y.csv") with { Property = ["n"] }, m => m);
        Assert.Equal((0, 10), (survey.Bins!.Inside, survey.Bins.WithoutTime));
        Assert.Contains("nothing to draw", string.Concat(Lines(survey)), StringComparison.Ordinal);
        Assert.DoesNotContain("<svg", Page(survey), StringComparison.Ordinal);
    }

    [Fact]
    public void TextsOfOthers_StayText()
    {
        var survey = Survey(_folder.Target("x.ndjson"), m => m with
        {
            State = Evil,
            Reason = Evil,
            System = Evil,
            Host = Evil,
            Tenant = Evil,
            Repository = Evil,
            Query = "a\n" + Evil,
            QuerySha256 = Evil,
            Arguments = new Dictionary<string, string> { [Evil] = Evil },
            TimeZone = Evil,
            Strategy = Evil,
            StrategyReason = Evil,
            Warnings = [Evil],
            Exclusions = [new(Evil, 1, Evil)],
            Runs = [new(default, Evil) { Operator = Evil, Machine = Evil }],
            Program = new(Evil, Evil, [new(Evil, Evil)]),
            Plan = Evil,
            Slice = 1,
            Clock = new(Evil),
            Tool = Evil,
            Version = Evil,
            Counts = m.Counts with { Recount = Evil },
        });
        var page = Page(survey);
        Assert.Contains("&lt;script&gt;", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", page, StringComparison.OrdinalIgnoreCase);
        // The values that the page itself writes are the only attributes.
        Assert.Empty(
            Regex.Matches(page.Substring(page.IndexOf("<body>", StringComparison.Ordinal)), "<[^>]*(on[a-z]+|style|href|src)=",
                RegexOptions.IgnoreCase).Cast<Match>());
        foreach (var text in new[] { page, string.Concat(Lines(survey)) })
            Assert.DoesNotContain(text, c => (c < ' ' && c != '\n') || c is '\x7f' or '\u202e');
    }

    [Fact]
    public void APage_LoadsNothingAndRunsNothing()
    {
        var page = Page(Survey(_folder.Target("x.ndjson"), m => m));
        Assert.Contains("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-", page,
            StringComparison.Ordinal);
        foreach (var word in new[] { "<script", "<link", "<img", "<iframe", "@import", "url(", "http-equiv=\"refresh\"", "href=" })
            Assert.DoesNotContain(word, page, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("prefers-color-scheme: dark", page, StringComparison.Ordinal);
        Assert.Contains("@media print", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"runs\":[null],\"exclusions\":[null],\"warnings\":[null],\"missingRanges\":[null],\"windows\":[null],\"program\":{},")]
    [InlineData("{\"runs\":null,\"warnings\":null,\"missingRanges\":null,\"windows\":null,\"signals\":null,\"program\":null,\"reason\":null,\"clock\":{},")]
    [InlineData("{\"program\":{\"files\":[null,{}]},\"arguments\":{},\"state\":null,")]
    public void AnEditedManifest_DoesNotBreakThem(string edit)
    {
        var target = _folder.Target("x.ndjson");
        Whole(target, m => m);
        var text = File.ReadAllText(target.ManifestPath);
        // The last value of a name wins, so the edit comes last.
        File.WriteAllText(target.ManifestPath, text.TrimEnd('\n', '}') + "," + edit.Substring(1).TrimEnd(',') + "}");
        var survey = ExportSurvey.Read(target.Path, 60, null, CancellationToken.None);
        Assert.NotEmpty(Lines(survey));
        Assert.EndsWith("</html>\n", Page(survey), StringComparison.Ordinal);
    }

    [Fact]
    public void AnExportWithoutAReadableManifest_IsAnError()
    {
        var target = _folder.Target("x.ndjson");
        Whole(target, m => m);
        File.WriteAllText(target.ManifestPath, "{");
        Assert.Equal(ExportErrorKind.ManifestUnreadable,
            Assert.Throws<ExportException>(() => ExportSurvey.Read(target.Path, 60, null, CancellationToken.None)).Kind);
        File.Delete(target.ManifestPath);
        Assert.Contains("no manifest",
            Assert.Throws<ExportException>(() => ExportSurvey.Read(target.Path, 60, null, CancellationToken.None)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void AReport_ReplacesNoFileOfTheExport()
    {
        var survey = Survey(_folder.Target("x.ndjson") with { MaxFileEvents = 4 }, m => m);
        foreach (var name in new[] { "x-00001.ndjson", "x.ndjson", "x.ndjson.manifest.json", "x.ndjson.sha256",
            "x.ndjson.manifest.json.tsr" })
            Assert.Equal(ExportErrorKind.BadPath,
                Assert.Throws<ExportException>(() => ReportFile.EnsurePossible(_folder.In(name), survey, force: true)).Kind);
        var path = _folder.In("x.report.html");
        ReportFile.EnsurePossible(path, survey, force: false);
        ReportFile.Write(path, "one");
        Assert.Equal(ExportErrorKind.OutputExists,
            Assert.Throws<ExportException>(() => ReportFile.EnsurePossible(path, survey, force: false)).Kind);
        ReportFile.EnsurePossible(path, survey, force: true);
        ReportFile.Write(path, "two");
        Assert.Equal("two", File.ReadAllText(path));
        Assert.Throws<ExportException>(() => ReportFile.Write(_folder.In("none/x.html"), "x"));
    }

    private static IReadOnlyList<string> Lines(ExportSurvey survey) => new TerminalChart(survey, 80, isAscii: false, t => t).Lines();

    private static string Page(ExportSurvey survey) =>
        new ReportPage(survey, new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), t => t).Html();

    private static ExportSurvey Survey(ExportTarget target, Func<ExportManifest, ExportManifest> change, int bars = 60)
    {
        Whole(target, change);
        return ExportSurvey.Read(target.Path, bars, null, CancellationToken.None);
    }

    private static void Whole(ExportTarget target, Func<ExportManifest, ExportManifest> change)
    {
        Make.Export(target, Make.Events(10));
        change(ExportManifest.Load(target.ManifestPath)).Save(target.ManifestPath);
    }
}
