using System.Management.Automation;
using LogScalePaging.Export;
using LogScalePaging.LogScale;

namespace LogScalePaging.Commands;

/// <summary>Progress in words and numbers.</summary>
internal static class ProgressText
{
    private const int Activity = 1;

    public static ProgressRecord Of(string activity, SearchProgress progress, TimeSpan elapsed)
    {
        var record = new ProgressRecord(Activity, activity, Status(progress));
        if (progress.Fraction is { } fraction && progress.Received > 0)
        {
            record.PercentComplete = (int)(fraction * 100);
            record.SecondsRemaining = fraction > 0 ? (int)Math.Min(int.MaxValue, elapsed.TotalSeconds * (1 - fraction) / fraction) : -1;
        }
        else if (progress.JobProgress is { } job)
        {
            record.PercentComplete = (int)(job * 100);
        }
        return record;
    }

    public static ProgressRecord Of(string activity, ExportProgress progress)
    {
        var record = Of(activity, progress.Search, progress.Elapsed);
        record.StatusDescription = progress.Phase switch
        {
            ExportPhase.Verifying => "the server counts once more",
            ExportPhase.Assembling => "the file is put together",
            _ => record.StatusDescription + FormattableString.Invariant($", {progress.Bytes / 1048576.0:0.0} MiB"),
        };
        return record;
    }

    public static ProgressRecord Of(string activity, string status, double? fraction) => new(Activity, activity, status)
    {
        PercentComplete = fraction is { } part ? (int)(Math.Min(1, Math.Max(0, part)) * 100) : -1,
    };

    private static string Status(SearchProgress progress)
    {
        if (progress.Received == 0 && progress.Pages == 0)
            return progress.JobProgress is { } job ? FormattableString.Invariant($"the server searches: {job * 100:0} %") : "the server searches";
        return progress.Expected is { } expected
            ? FormattableString.Invariant($"{progress.Received:N0} of {expected:N0} events")
            : FormattableString.Invariant($"{progress.Received:N0} events");
    }
}
