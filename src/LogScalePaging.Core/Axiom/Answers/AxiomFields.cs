using LogScalePaging.Records;

namespace LogScalePaging.Axiom.Answers;

/// <summary>The fields that Axiom gives to each event, and the schemas of its records.</summary>
internal static class AxiomFields
{
    /// <summary>Time of the event.</summary>
    public const string Time = "_time";

    /// <summary>When Axiom received it.</summary>
    public const string SystemTime = "_sysTime";

    /// <summary>The cursor of its row.</summary>
    public const string RowId = "_rowId";

    private const string Noun = "event";

    /// <summary>Events that are read by time. They need no identity, and may be equal in every byte.</summary>
    public static RecordSchema ByTime(RecordOrder order) => new()
    {
        TimeField = Time,
        IngestField = SystemTime,
        TimeUnit = TimeUnit.Iso8601,
        Order = order,
        Values = RecordValues.Json,
        Noun = Noun,
    };

    /// <summary>Events that are read by cursor.</summary>
    public static RecordSchema ByCursor(RecordOrder order) => ByTime(order) with { IdentityField = RowId };

    /// <summary>Rows that the query makes, in its own order. Its column <c>_time</c> may have any value.</summary>
    public static RecordSchema Whole { get; } = new()
    {
        TimeUnit = TimeUnit.Iso8601,
        Order = RecordOrder.AsSent,
        Values = RecordValues.Json,
        Noun = "row",
    };
}
