using LogScalePaging.LogScale.Events;
using LogScalePaging.Records;

namespace LogScalePaging.Export.Manifest;

/// <summary>What holds for checkpoints and manifests of layouts 1 and 2, which have no schema.</summary>
internal static class OlderLayouts
{
    /// <summary>The first layout of checkpoints and manifests with a schema.</summary>
    public const int FirstWithSchema = 3;

    /// <summary>Their schema: LogScale was the only system.</summary>
    public static RecordSchema Schema => LogScaleEvents.Schema;
}
