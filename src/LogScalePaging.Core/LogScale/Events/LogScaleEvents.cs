using System.Text.Json;
using LogScalePaging.Records;

namespace LogScalePaging.LogScale.Events;

/// <summary>
/// LogScale's events: <c>@id</c>, <c>@timestamp</c> and <c>@ingesttimestamp</c> in milliseconds, newest first, all values text.
/// </summary>
internal static class LogScaleEvents
{
    /// <summary>The schema of LogScale's events.</summary>
    public static RecordSchema Schema { get; } = new()
    {
        IdentityField = "@id",
        TimeField = "@timestamp",
        IngestField = "@ingesttimestamp",
        TimeUnit = TimeUnit.Milliseconds,
        Order = RecordOrder.NewestFirst,
        Values = RecordValues.Text,
        Noun = "event",
    };

    /// <summary>Reads one event from its JSON text, with its <c>@id</c> and times.</summary>
    /// <param name="utf8">One JSON object; line breaks between its tokens become spaces, in a copy.</param>
    /// <exception cref="JsonException">The bytes are not one JSON object.</exception>
    public static Record Parse(ReadOnlyMemory<byte> utf8) => Record.Parse(utf8, default(LogScaleFields));
}
