using LogScalePaging.Export.Formats;
using LogScalePaging.Export.Target;

namespace LogScalePaging.Export.Slices;

/// <summary>
/// The files of a plan's slices. Their names have the id of the plan, so that slices of another plan are not taken for them.
/// </summary>
/// <param name="plan">The plan.</param>
/// <param name="folder">Folder of the slices.</param>
internal sealed class SliceFiles(ExportPlan plan, string folder)
{
    /// <summary>The folder of a plan's slices: the folder of the plan, unless another one is given.</summary>
    public static string FolderOf(string planPath, string? folder) =>
        Path.GetFullPath(folder ?? Path.GetDirectoryName(Path.GetFullPath(planPath))!);

    /// <summary>The output of the plan: its manifest lists the files of the slices.</summary>
    public string Whole => Path.Combine(folder, $"plan-{plan.ShortId}{Ending}");

    /// <summary>The output of a slice.</summary>
    public ExportTarget Target(int index) => new()
    {
        Path = Path.Combine(folder, FormattableString.Invariant($"slice-{plan.ShortId}-{index:D5}{Ending}")),
        Format = plan.FileFormat,
        Compress = plan.Compressed,
        Bom = plan.Bom,
        TimestampFormat = plan.TimestampFormat,
        Property = plan.Property,
        ExcludeProperty = plan.ExcludeProperty,
    };

    // Timesketch imports files with the extension .jsonl.
    private string Ending => (plan.FileFormat == ExportFormat.Timesketch ? ".jsonl" : $".{plan.Format}") + (plan.Compressed ? ".gz" : "");
}
