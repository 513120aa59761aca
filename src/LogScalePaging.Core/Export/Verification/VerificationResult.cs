using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Manifest;

namespace LogScalePaging.Export.Verification;

/// <summary>The result of checking an output against its manifest.</summary>
/// <param name="Findings">One finding per check.</param>
/// <param name="Manifest">The manifest; null if there is no readable one.</param>
public sealed record VerificationResult(IReadOnlyList<VerificationFinding> Findings, ExportManifest? Manifest)
{
    /// <summary>Why an existing manifest cannot be read; null if it can, or if there is none.</summary>
    public ExportException? Unreadable { get; init; }

    /// <summary>A note about a valid output; null if there is none. Example: the file was renamed, so its content was checked.</summary>
    public string? Note => Findings.FirstOrDefault(f => f is { Check: "FileExists", Passed: true })?.Detail;

    /// <summary>True when every check passed.</summary>
    public bool IsValid => Findings.Count > 0 && Findings.All(f => f.Passed);
}
