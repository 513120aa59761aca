using System.Globalization;
using LogScalePaging.Export;

namespace LogScalePaging.Cli.Output;

/// <summary>Puts progress into words.</summary>
internal static class ProgressText
{
    private const int BarWidth = 20;
    private const int BarNeeds = 76;

    /// <summary>One line that fits; what matters least is left out first.</summary>
    /// <param name="progress">How far it is.</param>
    /// <param name="limit">Events at most, when there is a limit.</param>
    /// <param name="rate">Events a second, where known.</param>
    /// <param name="width">Columns.</param>
    public static string Line(ExportProgress progress, long? limit, double? rate, int width)
    {
        if (progress.Phase != ExportPhase.Fetching)
            return progress.Phase == ExportPhase.Verifying ? "Counting once more ..." : $"Putting {Units.Count(progress.Search.Received, "event")} together ...";
        var search = progress.Search;
        if (search.Received == 0 && search.Pages == 0)
            return search.JobProgress is { } done ? $"Searching ... {Percent(done)} of the first job done" : "Searching ...";
        long? total = (search.Expected, limit) switch
        {
            ({ } expected, { } most) => Math.Min(expected, most),
            var (expected, most) => expected ?? most,
        };
        var fraction = total is > 0 ? Math.Min(1.0, (double)search.Received / total.Value) : (double?)null;
        List<string> parts = [total is { } all ? $"{Units.Count(search.Received)} of {Units.Count(all, "event")}" : Units.Count(search.Received, "event")];
        if (fraction is { } part)
            parts.Insert(0, width >= BarNeeds ? $"{Bar(part)} {Percent(part)}" : Percent(part));
        if (rate is { } perSecond)
            parts.Add($"{Units.Count((long)perSecond)}/s");
        if (rate is > 0 && total > search.Received)
            parts.Add($"{Units.RoughSpan(TimeSpan.FromSeconds(Math.Min((total.Value - search.Received) / rate.Value, TimeSpan.FromDays(999).TotalSeconds)))} left");
        parts.Add(Units.Bytes(progress.Bytes));
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
