using System.Text.Json.Serialization;

namespace LogScalePaging.Export.Manifest;

/// <summary>One run of an export: the first one, or a resumption.</summary>
/// <param name="Started">When it started, by the clock of its machine.</param>
/// <param name="Version">Version of the tool.</param>
public sealed record ManifestRun(DateTimeOffset Started, string Version)
{
    /// <summary>The account that ran it, as the system names it; null if the user switched this off.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Operator { get; init; }

    /// <summary>The name of the machine that it ran on; null if the user switched this off.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Machine { get; init; }

    /// <summary>Index of the slice that it exported, in the manifest of a merge; null for the merge, and in other manifests.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Slice { get; init; }
}
