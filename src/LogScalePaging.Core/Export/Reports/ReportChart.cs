using System.Globalization;
using LogScalePaging.Export.Manifest;
using LogScalePaging.Records;

namespace LogScalePaging.Export.Reports;

/// <summary>Draws the records of an export over time as SVG within the page.</summary>
internal static class ReportChart
{
    /// <summary>Most bars of the chart.</summary>
    public const int Bars = 200;

    private const int Width = 1000;
    private const int Height = 240;
    private const int Left = 70;
    private const int Top = 12;
    private const int Bottom = 40;
    private const int PlotHeight = Height - Top - Bottom;
    private const double PlotWidth = Width - Left - 10;

    /// <summary>Adds the chart.</summary>
    public static void Add(HtmlWriter page, ExportManifest manifest, TimeBins bins)
    {
        var (most, bar) = (Math.Max(1, bins.Counts.Max()), PlotWidth / bins.Counts.Length);
        var unit = manifest.Schema.TimeUnit;
        page.Raw($"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-labelledby=\"chart-title\">\n<title id=\"chart-title\">")
            .Text(FormattableString.Invariant($"{bins.Inside:N0} {manifest.Schema.Nouns} over time, at most {most:N0} in a bar")).Raw(
                "</title>\n");
        foreach (var range in (manifest.MissingRanges ?? []).Where(r => r is not null))
            Hole(page, bins, range, bar);
        for (var i = 0; i < bins.Counts.Length; i++)
        {
            if (bins.Counts[i] == 0)
                continue;
            // A bar with a record can be seen.
            var height = Math.Max(1.5, (double)bins.Counts[i] / most * PlotHeight);
            page.Raw(
                $"<rect class=\"bar\" x=\"{Number(Left + (i * bar))}\" y=\"{Number(Top + PlotHeight - height)}\" width=\"{Number(Math.Max(0.5, bar - (bar > 3 ? 1 : 0)))}\" height=\"{Number(height)}\"><title>")
                .Text(FormattableString.Invariant($"{RecordTime.Utc(bins.StartOf(i), unit)}: {bins.Counts[i]:N0}")).Raw(
                    "</title></rect>\n");
        }
        page.Raw($"<path class=\"axis\" fill=\"none\" d=\"M{Left} {Top}V{Top + PlotHeight}H{Width - 10}\"/>\n");
        Label(page, Left - 6, Top + 10, "end", most.ToString("N0", CultureInfo.InvariantCulture));
        Label(page, Left - 6, Top + PlotHeight, "end", "0");
        Label(page, Left, Height - 20, "start", RecordTime.Utc(bins.StartOf(0), unit));
        Label(page, Width - 10, Height - 20, "end", RecordTime.Utc(bins.End, unit));
        Label(page, Left, Height - 4, "start", $"{TimeStep.Text(bins.Step, bins.PerMillisecond)} a bar, times in UTC");
        page.Raw("</svg>\n");
    }

    private static void Hole(HtmlWriter page, TimeBins bins, ManifestRange range, double bar)
    {
        var (first, last) = (bins.BarOf(range.Start ?? bins.Start), bins.BarOf(range.End ?? bins.End));
        if (first > last)
            return;
        page.Raw(
            $"<rect class=\"hole\" x=\"{Number(Left + (first * bar))}\" y=\"{Top}\" width=\"{Number((last - first + 1) * bar)}\" height=\"{PlotHeight}\"><title>")
            .Text($"missing: {range.StartUtc} to {range.EndUtc}").Raw("</title></rect>\n");
    }

    private static void Label(HtmlWriter page, int x, int y, string anchor, string? text) =>
        page.Raw($"<text x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\">").Text(text).Raw("</text>\n");

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
