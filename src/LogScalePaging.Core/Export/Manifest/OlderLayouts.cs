using LogScalePaging.Records;

namespace LogScalePaging.Export.Manifest;

/// <summary>Values for checkpoints and manifests of layouts 1 and 2, which have no schema.</summary>
internal static class OlderLayouts
{
    /// <summary>The first layout of checkpoints and manifests with a schema.</summary>
    public const int FirstWithSchema = 3;

    /// <summary>
    /// The schema of their records: LogScale was the only system then. It never changes, even if LogScale's schema does.
    /// </summary>
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
