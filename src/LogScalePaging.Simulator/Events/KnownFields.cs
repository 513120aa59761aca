namespace LogScalePaging.Simulator.Events;

/// <summary>The fields that the server itself reads.</summary>
internal static class KnownFields
{
    public static StoredName Id { get; } = new("@id");

    public static StoredName Timestamp { get; } = new("@timestamp");

    public static StoredName IngestTimestamp { get; } = new("@ingesttimestamp");

    public static StoredName RawString { get; } = new("@rawstring");

    public static StoredName EventName { get; } = new(TagCodes.FieldName);
}
