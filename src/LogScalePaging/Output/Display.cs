using System.Collections;
using System.Globalization;
using System.Management.Automation;
using LogScalePaging.Common;

namespace LogScalePaging;

/// <summary>
/// Texts of the format views that are more than a property. They are culture-invariant, so they are the same on every machine.
/// </summary>
public static class Display
{
    private static readonly string[] s_details = ["CommandLine", "ImageFileName", "TargetFileName", "DomainName", "RemoteAddressIP4",
        "FileName", "@rawstring"];
    private static readonly string[] s_addedByJobs = ["PSComputerName", "PSShowComputerName", "PSSourceJobInstanceId", "RunspaceId"];

    /// <summary>The time of an event in UTC, to the millisecond.</summary>
    public static string Time(PSObject? record) => record?.Properties["@timestamp"]?.Value switch
    {
        long and (< -62_135_596_800_000 or > 253_402_300_799_999) and var far => far.ToString(CultureInfo.InvariantCulture),
        long milliseconds => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).ToString("yyyy-MM-dd HH:mm:ss.fff",
            CultureInfo.InvariantCulture),
        // The same time with -TimestampFormat Iso.
        string when EventTime.OfEvent(record!) is { } time => time.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture),
        var other => Text(other),
    };

    /// <summary>
    /// Number of fields of an event, because the table shows few of them. Properties that jobs and remoting add are no fields.
    /// </summary>
    public static int FieldCount(PSObject? record)
    {
        if (record is null)
            return 0;
        var isCopy = record.TypeNames.FirstOrDefault()?.StartsWith("Deserialized.", StringComparison.Ordinal) == true;
        return record.Properties.Count(p => !isCopy || !s_addedByJobs.Contains(p.Name));
    }

    /// <summary>The field that describes an event best.</summary>
    public static string Detail(PSObject? record)
    {
        foreach (var name in s_details)
        {
            if (record?.Properties[name]?.Value is string { Length: > 0 } text)
                return Text(text);
        }
        return "";
    }

    /// <summary>A value on one line, safe to print. Without this, a terminal would run escape sequences in it.</summary>
    public static string Text(object? value) =>
        value is null ? "" : Printable.Line(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "");

    /// <summary>A number with thousands separators.</summary>
    public static string Number(long? value) => value?.ToString("N0", CultureInfo.InvariantCulture) ?? "";

    /// <summary>Per cent without decimals.</summary>
    public static string Percent(double? value) => value is { } number ? number.ToString("0", CultureInfo.InvariantCulture) + " %" : "";

    /// <summary>Events per second.</summary>
    public static string Rate(double? value) =>
        value is { } number ? number.ToString("N0", CultureInfo.InvariantCulture) + " events/s" : "";

    /// <summary>A size; MB is 10^6 bytes, as on the command line.</summary>
    public static string Size(long bytes) => ByteSize.Text(bytes);

    /// <summary>A duration for people.</summary>
    public static string Duration(TimeSpan time) => time switch
    {
        { TotalSeconds: < 1 } => time.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture) + " ms",
        { TotalSeconds: < 60 } => time.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) + " s",
        { TotalHours: < 1 } => time.ToString("m' min 's' s'", CultureInfo.InvariantCulture),
        _ => ((long)time.TotalHours).ToString(CultureInfo.InvariantCulture) + " h "
            + time.ToString("m' min'", CultureInfo.InvariantCulture),
    };

    /// <summary>
    /// The file of an export, also of one from another process. For several files, the first and the last, because no file has the
    /// requested
    /// path.
    /// </summary>
    public static string Files(PSObject? export) => Value(export, "Files") is IList { Count: > 1 } files
        ? FormattableString.Invariant($"{files[0]} … {Path.GetFileName($"{files[files.Count - 1]}")} ({files.Count:N0} files)")
        : Value(export, "Path") as string ?? "";

    /// <summary>A range in UTC.</summary>
    public static string Range(DateTimeOffset? start, DateTimeOffset? end) =>
        start is null && end is null ? "" : $"{Utc(start)} … {Utc(end)}";

    private static object? Value(PSObject? of, string name) =>
        of?.Properties[name]?.Value is var value && value is PSObject wrapped ? wrapped.BaseObject : value;

    private static string Utc(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture) ?? "?";
}
