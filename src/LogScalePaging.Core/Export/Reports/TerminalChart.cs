using System.Globalization;
using System.Text;
using LogScalePaging.Common;
using LogScalePaging.Export.Manifest;
using LogScalePaging.Records;

namespace LogScalePaging.Export.Reports;

/// <summary>Draws an export as lines of text: the records over time, what is missing, and the verdict.</summary>
/// <param name="survey">The export.</param>
/// <param name="width">Most columns of a line.</param>
/// <param name="isAscii">Use ASCII only.</param>
/// <param name="options">Writes the options in a text of the engine as the user's shell has them.</param>
internal sealed class TerminalChart(ExportSurvey survey, int width, bool isAscii, Func<string, string> options)
{
    /// <summary>The fewest columns of a chart.</summary>
    public const int SmallestWidth = 40;

    private const int Height = 8;
    private const int MostGaps = 3;
    private const int LabelWidth = 9;
    private const string Blocks = "▁▂▃▄▅▆▇█";
    private const string Signs = "..::||##";

    private readonly ExportManifest _manifest = survey.Manifest;

    /// <summary>How many bars fit into a width.</summary>
    public static int Bars(int width) => Math.Max(SmallestWidth, width) - LabelWidth - 2;

    /// <summary>The lines. None is longer than the width.</summary>
    public IReadOnlyList<string> Lines() => [.. All().Select(Fit)];

    private IEnumerable<string> All()
    {
        foreach (var line in Drawing())
            yield return line;
        foreach (var (label, text) in Facts())
        {
            foreach (var line in Wrap(label, Printable.Line(options(text))))
                yield return line;
        }
    }

    private IEnumerable<string> Drawing()
    {
        var valid = survey.Verification.IsValid ? "the files match the manifest" : "THE FILES DO NOT MATCH THE MANIFEST";
        yield return $"{Path.GetFileName(survey.OutputPath)}: {_manifest.State}, {valid}";
        yield return FormattableString.Invariant(
            $"{_manifest.Counts.Written:N0} {_manifest.Schema.Nouns} of {_manifest.Repository} on {_manifest.Host}");
        yield return "";
        if (survey.Bins is { Inside: > 0 } bins)
        {
            foreach (var line in Chart(bins))
                yield return line;
        }
        else
        {
            yield return $"No {_manifest.Schema.Noun} has a time, so there is nothing to draw.";
        }
        yield return "";
    }

    private IEnumerable<string> Chart(TimeBins bins)
    {
        var most = bins.Counts.Max();
        var signs = isAscii ? Signs : Blocks;
        // Round lengths can give half as many bars as there is place for.
        var columns = Math.Max(1, Bars(width) / bins.Counts.Length);
        for (var row = Height - 1; row >= 0; row--)
        {
            var label = row == Height - 1 ? most.ToString("N0", CultureInfo.InvariantCulture) : row == 0 ? "0" : "";
            var line = new StringBuilder(Label(label)).Append(isAscii ? " |" : " │");
            foreach (var count in bins.Counts)
            {
                // A bar with a record is never empty.
                var eighths = (int)Math.Max(count > 0 ? 1 : 0, (decimal)count * Height * signs.Length / most) - (row * signs.Length);
                line.Append(eighths <= 0 ? ' ' : signs[Math.Min(eighths, signs.Length) - 1], columns);
            }
            yield return line.ToString().TrimEnd();
        }
        yield return Label("") + (isAscii ? " +" : " └") + new string(isAscii ? '-' : '─', bins.Counts.Length * columns);
        if (Marks(bins, columns) is { } marks)
            yield return Label("missing") + "  " + marks;
        yield return Label("") + "  " + Ends(Time(bins.StartOf(0)), Time(bins.End), bins.Counts.Length * columns);
        yield return Label("") + "  " + $"{TimeStep.Text(bins.Step, bins.PerMillisecond)} a bar";
    }

    // Parts of the range whose records are known to be missing.
    private string? Marks(TimeBins bins, int columns)
    {
        var marks = new string(' ', bins.Counts.Length * columns).ToCharArray();
        foreach (var range in _manifest.MissingRanges ?? [])
        {
            if (range is null)
                continue;
            var last = (bins.BarOf(range.End ?? bins.End) + 1) * columns;
            for (var column = bins.BarOf(range.Start ?? bins.Start) * columns; column < last; column++)
                marks[column] = isAscii ? 'x' : '×';
        }
        return _manifest.MissingRanges is { Count: > 0 } ? new string(marks).TrimEnd() : null;
    }

    private IEnumerable<(string Label, string Text)> Facts()
    {
        var counts = _manifest.Counts;
        yield return ("verdict", $"{_manifest.State}: {_manifest.Reason}");
        yield return ("counts", FormattableString.Invariant($"{counts.Received:N0} received, ")
            + (counts.Expected is { } expected ? FormattableString.Invariant($"{expected:N0} expected") : "no count to compare with")
            + (counts.Missing is { } missing ? FormattableString.Invariant($", {missing:N0} missing") : ", missing not known"));
        yield return ("late", FormattableString.Invariant($"{counts.Late:N0} arrived during the export and are not in the files"));
        foreach (var line in Gaps())
            yield return line;
        foreach (var range in (_manifest.MissingRanges ?? []).Take(MostGaps))
            yield return ("missing", $"{range?.StartUtc ?? "?"} to {range?.EndUtc ?? "?"}");
        foreach (var window in (_manifest.Windows ?? []).Where(w => w is not null && w.Received < (w.Counted ?? w.Planned)).Take(MostGaps))
            yield return ("window",
                FormattableString.Invariant(
                    $"{window.StartUtc} to {window.EndUtc}: {window.Received:N0} of {window.Counted ?? window.Planned:N0}"));
        if (survey.Bins is { Outside: > 0 } bins)
            yield return ("outside", FormattableString.Invariant($"{bins.Outside:N0} have a time outside the range and are not drawn"));
        if (survey.Bins is { WithoutTime: > 0 } timeless)
            yield return ("no time", FormattableString.Invariant($"{timeless.WithoutTime:N0} have no time and are not drawn"));
        var findings = survey.Verification.Findings;
        yield return ("checks",
            FormattableString.Invariant($"{findings.Count(f => f.Passed):N0} passed, {findings.Count(f => !f.Passed):N0} failed"));
        foreach (var failed in findings.Where(f => !f.Passed))
            yield return ("failed",
                $"{failed.Check}{(failed.File is null ? "" : $" of {failed.File}")}: {failed.Detail ?? $"expected {failed.Expected}, found {failed.Actual}"}");
    }

    private IEnumerable<(string Label, string Text)> Gaps()
    {
        if (survey.Bins is not { Inside: > 0 } bins)
            yield break;
        var gaps = survey.Gaps;
        yield return ("gaps", gaps.Count == 0
            ? $"none of {TimeStep.Text(bins.Step, bins.PerMillisecond)} or more"
            : FormattableString.Invariant($"{gaps.Count:N0} of {TimeStep.Text(bins.Step, bins.PerMillisecond)} or more; the longest:"));
        foreach (var gap in gaps.Take(MostGaps))
            yield return ("", $"{Time(gap.Start)} to {Time(gap.End)} ({TimeStep.Text(gap.Length, bins.PerMillisecond)})");
    }

    private static string Label(string text) => text.Length > LabelWidth ? text.Substring(0, LabelWidth) : text.PadLeft(LabelWidth);

    // Long texts continue below themselves.
    private IEnumerable<string> Wrap(string label, string text)
    {
        var most = Math.Max(SmallestWidth, width) - LabelWidth - 2;
        while (true)
        {
            var end = text.Length <= most ? text.Length : text.LastIndexOf(' ', most) is > 0 and var space ? space : most;
            yield return $"{label.PadRight(LabelWidth)}  {text.Substring(0, end)}";
            if (end == text.Length)
                yield break;
            (label, text) = ("", text.Substring(end).TrimStart());
        }
    }

    private static string Ends(string left, string right, int columns) =>
        left.Length + right.Length + 2 > columns ? $"{left} to {right}" : left + right.PadLeft(columns - left.Length);

    private string Time(long time) =>
        RecordTime.Utc(time, _manifest.Schema.TimeUnit) is { } text ? Short(text) : time.ToString(CultureInfo.InvariantCulture);

    // Seconds are enough for a chart.
    private static string Short(string iso) => iso.IndexOf('.') is > 0 and var dot ? iso.Substring(0, dot) + "Z" : iso;

    private string Fit(string line)
    {
        var clean = Printable.Line(line);
        if (isAscii)
            clean = new string([.. clean.Select(c => c < '\x7f' ? c : '?')]);
        var most = Math.Max(SmallestWidth, width);
        return clean.Length <= most ? clean : clean.Substring(0, most - 3) + "...";
    }
}
