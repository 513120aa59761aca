using LogScalePaging.Records;

namespace LogScalePaging.Export.Manifest;

/// <summary>What holds for checkpoints and manifests of layouts 1 and 2, which have no schema.</summary>
internal static class OlderLayouts
{
    /// <summary>The first layout of checkpoints and manifests with a schema.</summary>
    public const int FirstWithSchema = 3;

    /// <summary>The schema of records in them: LogScale was the only system then. It stays as it was, whatever LogScale's becomes.</summary>
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
}
