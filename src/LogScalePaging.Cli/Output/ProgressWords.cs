using System.Globalization;
using LogScalePaging.Export.Runs;
using LogScalePaging.Search.Progress;

namespace LogScalePaging.Cli.Output;

/// <summary>Formats progress as text.</summary>
internal static class ProgressWords
{
    private const int BarWidth = 20;
    private const int BarNeeds = 76;

    /// <summary>One line that fits the width. The least important parts are left out first.</summary>
    /// <param name="progress">The progress.</param>
    /// <param name="limit">Maximum number of events, if there is a limit.</param>
    /// <param name="rate">Events per second, if known.</param>
    /// <param name="width">Columns.</param>
    public static string Line(ExportProgress progress, long? limit, double? rate, int width)
    {
        if (progress.Phase != ExportPhase.Fetching)
            return progress.Phase == ExportPhase.Verifying ? "Counting again ..." : "Putting "
                + $"{Units.Count(progress.Search.Received, "record")} together ...";
        var search = progress.Search;
        if (search.Received == 0 && search.Pages == 0)
            return search.JobProgress is { } done ? $"Searching ... {Percent(done)} of the first job done" : "Searching ...";
        var reading = ProgressReading.Of(search, limit, rate);
        List<string> parts = [reading.Total is { } all
            ? $"{Units.Count(search.Received)} of {Units.Count(all, "record")}"
            : Units.Count(search.Received, "record")];
        if (reading.Fraction is { } part)
            parts.Insert(0, width >= BarNeeds ? $"{Bar(part)} {Percent(part)}" : Percent(part));
        if (rate is { } perSecond)
            parts.Add($"{Units.Count((long)perSecond)}/s");
        if (reading.Left is { } left)
            parts.Add($"{Units.RoughSpan(left)} left");
        parts.Add(Units.Bytes(progress.Bytes));
        if (search.Jobs > 0)
            parts.Add(Units.Count(search.Jobs, "job"));
        if (search.Retries > 0)
            parts.Add(search.Retries == 1 ? "1 retry" : $"{Units.Count(search.Retries)} retries");
        while (parts.Count > 1 && Joined(parts).Length > width)
            parts.RemoveAt(parts.Count - 1);
        return Joined(parts);
    }

    private static string Joined(List<string> parts) => string.Join("  ", parts);

    private static string Percent(double part) => $"{Math.Floor(part * 100).ToString("0", CultureInfo.InvariantCulture),3}%";

    private static string Bar(double part)
    {
        var full = (int)(part * BarWidth);
        return $"[{new string('#', full)}{new string('-', BarWidth - full)}]";
    }
}
