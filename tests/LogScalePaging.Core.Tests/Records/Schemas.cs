using LogScalePaging.Records;

namespace LogScalePaging.Core.Tests.Records;

/// <summary>Schemas of the kinds of records that systems send.</summary>
internal static class Schemas
{
    /// <summary>Rows with a row id and ISO 8601 times to the nanosecond.</summary>
    public static readonly RecordSchema Iso = new()
    {
        IdentityField = "_rowId",
        TimeField = "_time",
        IngestField = "_sysTime",
        TimeUnit = TimeUnit.Iso8601,
        Values = RecordValues.Json,
        Noun = "row",
    };

    /// <summary>Alerts with nested objects, oldest first.</summary>
    public static readonly RecordSchema Alerts = new()
    {
        IdentityField = "composite_id",
        TimeField = "created_timestamp",
        TimeUnit = TimeUnit.Iso8601,
        Order = RecordOrder.OldestFirst,
        Values = RecordValues.Json,
        Noun = "alert",
    };

    /// <summary>Ids without a time.</summary>
    public static readonly RecordSchema Ids = new()
    {
        IdentityField = "id",
        Order = RecordOrder.AsSent,
        Values = RecordValues.Json,
        Noun = "id",
    };

    /// <summary>Nanoseconds as numbers, and no identity.</summary>
    public static readonly RecordSchema Nanoseconds = new()
    {
        TimeField = "ns",
        TimeUnit = TimeUnit.Nanoseconds,
        Values = RecordValues.Json,
        Noun = "row",
    };

    /// <summary>A schema by its name here.</summary>
    public static RecordSchema Of(string name) => name switch
    {
        nameof(Iso) => Iso,
        nameof(Alerts) => Alerts,
        nameof(Ids) => Ids,
        nameof(Nanoseconds) => Nanoseconds,
        _ => throw new ArgumentException($"There is no schema {name}.", nameof(name)),
    };
}
