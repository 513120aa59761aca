namespace LogScalePaging.Simulator.Events;

/// <summary>The fields that the server itself reads.</summary>
internal static class KnownFields
{
    public static FieldName Id { get; } = new("@id");

    public static FieldName Timestamp { get; } = new("@timestamp");

    public static FieldName IngestTimestamp { get; } = new("@ingesttimestamp");

    public static FieldName RawString { get; } = new("@rawstring");

    public static FieldName EventName { get; } = new(TagCodes.FieldName);
}
