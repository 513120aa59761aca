using System.Globalization;
using LogScalePaging.Diagnostics;
using LogScalePaging.Export.Manifest;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Records;

namespace LogScalePaging.Export.Reports;

/// <summary>
/// One HTML page about an export for a case file: the verdict, the chart, the manifest in words, and the hashes. It has no script and
/// loads nothing.
/// </summary>
/// <param name="survey">The export.</param>
/// <param name="made">When the report is made.</param>
/// <param name="options">Writes the options in a text of the engine as the user's shell has them.</param>
internal sealed class ReportPage(ExportSurvey survey, DateTimeOffset made, Func<string, string> options)
{
    private const int MostRows = 100;
    private const int MostGaps = 10;
    private readonly ExportManifest _manifest = survey.Manifest;
    private readonly HtmlWriter _page = new();

    /// <summary>The page.</summary>
    public string Html()
    {
        var name = Path.GetFileName(survey.OutputPath);
        _page.Raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
            .Raw("<meta http-equiv=\"Content-Security-Policy\" content=\"").Raw(ReportStyle.Policy).Raw("\">\n")
            .Raw("<meta name=\"referrer\" content=\"no-referrer\">\n<meta name=\"viewport\" content=\"width=device-width, "
                + "initial-scale=1\">\n")
            .Element("title", $"Export report: {name}")
            .Raw("<style>").Raw(ReportStyle.Css.Replace("\r\n", "\n")).Raw("</style>\n</head>\n<body>\n")
            .Element("h1", $"Export report: {name}")
            .Element("p", $"Made on {Utc(made)} by {ToolInfo.Name} {ToolInfo.Version} from the manifest and the files.", "faint");
        Verdict();
        Chart();
        Requested();
        Received();
        Missing();
        Files();
        Origin();
        Checks();
        return _page.Raw("</body>\n</html>\n").ToString();
    }

    private void Verdict()
    {
        var failed = survey.Verification.Findings.Where(f => !f.Passed).ToArray();
        var style = failed.Length > 0 || _manifest.State == nameof(CompletenessState.Incomplete) ? "bad"
            : _manifest.State == nameof(CompletenessState.Complete) ? "good" : "doubtful";
        _page.Raw($"<div class=\"verdict {style}\">\n<p><strong>").Text(_manifest.State)
            .Text(failed.Length == 0 ? ", and the files match the manifest"
                : $"{(_manifest.State == nameof(CompletenessState.Complete) ? ", but" : ", and")} the files do NOT match the manifest").Raw(
                    "</strong></p>\n");
        _page.Element("p", _manifest.Reason is { Length: > 0 } reason ? Sentence(options(reason)) : "The manifest gives no reason.");
        foreach (var finding in failed)
            _page.Element("p",
                $"Failed: {finding.Check}{(finding.File is null ? "" : $" of {finding.File}")}. {options(finding.Detail ?? $"Expected {finding.Expected}, found {finding.Actual}.")}");
        _page.Raw("</div>\n");
    }

    private void Chart()
    {
        var noun = _manifest.Schema.Noun;
        _page.Element("h2", $"{char.ToUpperInvariant(noun[0])}{noun.Substring(1)}s over time");
        if (survey.Bins is not { Inside: > 0 } bins)
        {
            _page.Element("p", $"No {noun} has a time that can be drawn.");
            return;
        }
        ReportChart.Add(_page, _manifest, bins);
        if (bins.Outside > 0)
            _page.Element("p", FormattableString.Invariant($"{bins.Outside:N0} have a time outside the range and are not drawn."), "faint");
        if (bins.WithoutTime > 0)
            _page.Element("p", FormattableString.Invariant($"{bins.WithoutTime:N0} have no time and are not drawn."), "faint");
        var gaps = survey.Gaps;
        var least = TimeStep.Text(bins.Step, bins.PerMillisecond);
        _page.Element("p", gaps.Count == 0
            ? $"There is no gap of {least} or more."
            : FormattableString.Invariant($"{gaps.Count:N0} {(gaps.Count == 1 ? "gap" : "gaps")} of {least} or more, the longest first:"));
        if (gaps.Count > 0)
            _page.Table(["From (UTC)", "To (UTC)", "Length"],
                gaps.Take(MostGaps).Select(g => new[] { Time(g.Start), Time(g.End), TimeStep.Text(g.Length, bins.PerMillisecond) }));
    }

    private void Requested()
    {
        _page.Element("h2", "What was requested").Block(_manifest.Query).Facts(
            ("System", _manifest.System), ("Server", _manifest.Host), ("Tenant", _manifest.Tenant), ("Repository", _manifest.Repository),
            ("Range (UTC)", _manifest.Range is { Start: null, End: null }
                ? null
                : $"{_manifest.Range.StartUtc} to {_manifest.Range.EndUtc}"),
            ("Arguments", _manifest.Arguments is { Count: > 0 } given
                ? string.Join(", ", given.Select(a => $"{a.Key} = {a.Value}"))
                : null),
            ("Time zone of the query", _manifest.TimeZone), ("Fields", Names(_manifest.Property)),
            ("Fields left out", Names(_manifest.ExcludeProperty)),
            ("Limit", Number(_manifest.MaxEvents)), ("Format", $"{_manifest.Format}{(_manifest.Compressed ? ", gzip" : "")}"),
            ("Plan and slice", _manifest.Plan is { } plan ? $"{plan}, slice {Number(_manifest.Slice)}" : null),
            ("SHA-256 of the query", _manifest.QuerySha256));
    }

    private void Received()
    {
        var counts = _manifest.Counts;
        _page.Element("h2", "What was received").Facts(
            ("In the files", Number(counts.Written)), ("Received", Number(counts.Received)),
            ("Counted before", Number(counts.Expected) ?? "no count"), ("Counted after", Number(counts.ExpectedAfter) ?? "no count"),
            ("Counted again", counts.Recount), ("Missing", Number(counts.Missing) ?? "not known"),
            ("Arrived late, not in the files", Number(counts.Late)),
            ("Repeats dropped", Number(counts.DuplicatesDropped)), ("Strategy", _manifest.Strategy),
            ("Why this strategy", _manifest.StrategyReason is { } why ? options(why) : null),
            ("Requests", FormattableString.Invariant($"{_manifest.Requests:N0}, {_manifest.Retries:N0} of them retried")));
        if (_manifest.Exclusions is { Count: > 0 } left)
        {
            _page.Element("p", "Left out on purpose:");
            Rows(["What", "How many", "Why"], left, e => [e.Kind, Number(e.Count) ?? "not known", e.Reason]);
        }
        if (_manifest.Warnings is { Count: > 0 } warnings)
        {
            _page.Element("p", "Warnings:");
            Rows(["Warning"], warnings, w => [options(w)]);
        }
    }

    private void Missing()
    {
        var windows = (_manifest.Windows ?? []).Where(w => w is not null).ToArray();
        if (_manifest.MissingRanges is not { Count: > 0 } && windows.Length == 0)
            return;
        _page.Element("h2", "What is missing");
        if (_manifest.MissingRanges is { Count: > 0 } ranges)
            Rows(["Missing from (UTC)", "To (UTC)"], ranges, r => [r.StartUtc, r.EndUtc]);
        if (windows.Length > 0)
            Rows(["Window from (UTC)", "To (UTC)", "Planned", "Counted", "Received"], windows,
                w => [w.StartUtc, w.EndUtc, Number(w.Planned), Number(w.Counted), Number(w.Received)]);
    }

    private void Files()
    {
        _page.Element("h2", "Files and hashes");
        foreach (var file in _manifest.Files)
        {
            _page.Element("p",
                FormattableString.Invariant($"{file.Path}: {file.Events:N0} {_manifest.Schema.Nouns}, {file.Bytes:N0} bytes"));
            _page.Element("p", $"SHA-256 {file.Sha256}", "hash");
        }
        _page.Element("p", Path.GetFileName(survey.OutputPath) + ".manifest.json");
        _page.Element("p", $"SHA-256 {survey.ManifestSha256}", "hash");
        _page.Element("p", survey.Verification.Findings.FirstOrDefault(f => f.Check == "Timestamp") is { } timestamp
            ? $"Timestamp of the manifest: {timestamp.Actual} {timestamp.Detail}"
            : "The manifest has no timestamp, so nothing outside of the files shows when it was made.");
    }

    private void Origin()
    {
        _page.Element("h2", "Where it comes from").Facts(
            ("Started (UTC)", Utc(_manifest.Started)), ("Finished (UTC)", Utc(_manifest.Finished)),
            ("Tool", $"{_manifest.Tool} {_manifest.Version}"),
            ("Runtime", _manifest.Program?.Runtime), ("Operating system", _manifest.Program?.System), ("Clock", Clock()));
        if (_manifest.Runs is { Count: > 0 } runs)
        {
            var ofSlices = runs.Any(r => r?.Slice is not null);
            Rows([.. ofSlices ? ["Slice"] : Array.Empty<string>(), "Run (UTC)", "Version", "Operator", "Machine"], runs,
                r => [.. ofSlices ? [r.Slice?.ToString(CultureInfo.InvariantCulture) ?? "merge"] : Array.Empty<string>(),
                    Utc(r.Started), r.Version, r.Operator ?? "not recorded", r.Machine ?? "not recorded"]);
        }
        if (_manifest.Program?.Files is { Count: > 0 } files)
            Rows(["File of the program", "SHA-256"], files, f => [f.Path, f.Sha256 ?? "not readable"]);
    }

    private void Checks()
    {
        _page.Element("h2", "Checks of the files");
        Rows(["Check", "File", "Result", "Detail"], survey.Verification.Findings, f => [f.Check, f.File, f.Passed ? "passed" : "FAILED",
            f.Passed
                ? f.Detail is { } detail ? options(detail) : null
                : $"expected {f.Expected}, found {f.Actual}. {options(f.Detail ?? "")}"]);
    }

    private string? Clock() =>
        _manifest.Clock is not { } clock ? null : clock is { OffsetMilliseconds: { } offset, UncertaintyMilliseconds: { } wrong }
        ? FormattableString.Invariant(
            $"{clock.Source}; the server was {Math.Abs((decimal)offset) / 1000:0.0} s {(offset < 0 ? "behind" : "ahead")}, within {wrong / 1000m:0.0} s")
        : $"{clock.Source}; not compared with the server";

    // A manifest can list a million windows.
    private void Rows<T>(IReadOnlyList<string> header, IReadOnlyList<T> all, Func<T, IReadOnlyList<string?>> row)
    {
        _page.Table(header, all.Take(MostRows).Where(item => item is not null).Select(row));
        if (all.Count > MostRows)
            _page.Element("p", FormattableString.Invariant($"The first {MostRows} of {all.Count:N0}. The manifest has all of them."),
                "faint");
    }

    private string Time(long time) => RecordTime.Utc(time, _manifest.Schema.TimeUnit) ?? time.ToString(CultureInfo.InvariantCulture);

    private static string Sentence(string text) => char.ToUpperInvariant(text[0]) + text.Substring(1).TrimEnd('.') + ".";

    private static string Utc(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string? Number(long? number) => number?.ToString("N0", CultureInfo.InvariantCulture);

    private static string? Names(IReadOnlyList<string>? names) => names is null ? null : string.Join(", ", names);
}
