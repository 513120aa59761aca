using System.Management.Automation;
using LogScalePaging.Common;
using LogScalePaging.Export.Runs;
using LogScalePaging.Search.Progress;
using LogScalePaging.Tenants;

namespace LogScalePaging.Commands;

/// <summary>Formats progress.</summary>
internal static class ProgressText
{
    /// <summary>The status while the server counts.</summary>
    public const string Counting = "the server is counting";

    private const int Activity = 1;

    /// <summary>The progress of a search.</summary>
    /// <param name="activity">The activity.</param>
    /// <param name="reading">The current progress.</param>
    /// <param name="bytes">Bytes of records so far; null if they are not counted.</param>
    public static ProgressRecord Of(string activity, ProgressReading reading, long? bytes)
    {
        var search = reading.Search;
        if (search.Received == 0 && search.Pages == 0)
            return Of(activity, search.JobProgress is { } job ? FormattableString.Invariant(
                $"the server is searching: {job * 100:0} %") : "the server is searching", search.JobProgress);
        var record = Of(activity, Status(reading, bytes), reading.Fraction);
        record.SecondsRemaining = reading.Left is { } left ? (int)left.TotalSeconds : -1;
        return record;
    }

    /// <summary>The progress of an export.</summary>
    public static ProgressRecord Of(string activity, ProgressReading reading, ExportProgress progress) => progress.Phase switch
    {
        ExportPhase.Verifying => Of(activity, "the server counts again", reading.Fraction),
        ExportPhase.Assembling => Of(activity, "the file is being assembled", reading.Fraction),
        _ => Of(activity, reading, progress.Bytes),
    };

    /// <summary>The progress of the exports of several tenants.</summary>
    public static ProgressRecord Of(string activity, TenantProgress progress)
    {
        var status = FormattableString.Invariant($"{progress.Done:N0} of {progress.Total:N0} tenants, {progress.Records:N0} events");
        if (progress.Failed > 0)
            status += FormattableString.Invariant($", {progress.Failed:N0} failed");
        return Of(activity, status, (double)progress.Done / progress.Total);
    }

    /// <summary>The progress of another activity.</summary>
    public static ProgressRecord Of(string activity, string status, double? fraction) => new(Activity, activity, status)
    {
        PercentComplete = fraction is { } part ? (int)(Math.Min(1, Math.Max(0, part)) * 100) : -1,
    };

    // The most important parts are first, because a narrow host cuts off the end.
    private static string Status(ProgressReading reading, long? bytes)
    {
        var search = reading.Search;
        List<string> parts =
        [
            reading.Total is { } total
                ? FormattableString.Invariant($"{search.Received:N0} of {total:N0} received")
                : FormattableString.Invariant($"{search.Received:N0} received"),
        ];
        if (reading.Fraction is { } fraction)
            parts[0] += FormattableString.Invariant($" ({Math.Floor(fraction * 100):0} %)");
        if (reading.PerSecond is { } rate)
            parts.Add(FormattableString.Invariant($"{rate:N0}/s"));
        if (bytes is { } size)
            parts.Add(ByteSize.Text(size));
        if (search.Jobs > 0)
            parts.Add(search.Jobs == 1 ? "1 job" : FormattableString.Invariant($"{search.Jobs:N0} jobs"));
        if (search.Retries > 0)
            parts.Add(search.Retries == 1 ? "1 retry" : FormattableString.Invariant($"{search.Retries:N0} retries"));
        return string.Join(", ", parts);
    }
}
