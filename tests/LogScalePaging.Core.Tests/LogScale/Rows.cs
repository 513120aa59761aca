using System.Globalization;
using System.Text;
using LogScalePaging.LogScale.Events;
using LogScalePaging.LogScale.Jobs;

namespace LogScalePaging.Core.Tests.LogScale;

/// <summary>
/// Events in a short notation: <c>a@5</c> is id a at time 5, <c>?@5</c> has no id, <c>a</c> has no time, <c>a@5=x</c> has other bytes.
/// </summary>
internal static class Rows
{
    public static List<Record> Of(string text) => [.. text.Split([' '], StringSplitOptions.RemoveEmptyEntries).Select(One)];

    public static QueryResult Answer(string text, bool? hasMore = null, long? count = null) => new()
    {
        JobId = "J",
        Done = true,
        Events = Of(text),
        Metadata = new QueryMetadata { HasMoreEvents = hasMore, EventCount = count, Warnings = ["careful"] },
        TraceId = "T",
    };

    public static string Ids(IEnumerable<Record> events) => string.Join(" ", events.Select(e => e.Id ?? "?"));

    private static Record One(string text)
    {
        var parts = text.Split('@', '=');
        var fields = new List<string>();
        if (parts[0] != "?")
            fields.Add($"\"@id\":\"{parts[0]}\"");
        if (text.Contains('@'))
            fields.Add($"\"@timestamp\":{long.Parse(parts[1], CultureInfo.InvariantCulture)}");
        if (text.Contains('='))
            fields.Add($"\"x\":\"{parts[parts.Length - 1]}\"");
        return LogScaleEvents.Parse(Encoding.UTF8.GetBytes("{" + string.Join(",", fields) + "}"));
    }
}
