using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Manifest;

namespace LogScalePaging.Export.Verification;

/// <summary>What came of checking an output against its manifest.</summary>
/// <param name="Findings">One a check.</param>
/// <param name="Manifest">The manifest; null when there is none that can be read.</param>
public sealed record VerificationResult(IReadOnlyList<VerificationFinding> Findings, ExportManifest? Manifest)
{
    /// <summary>Why the manifest, which is there, cannot be read; null when it can, or when there is none.</summary>
    public ExportException? Unreadable { get; init; }

    /// <summary>
    /// What a person should know of a valid output; null when there is nothing: a renamed file, which was checked by its content.
    /// </summary>
    public string? Note => Findings.FirstOrDefault(f => f is { Check: "FileExists", Passed: true })?.Detail;

    /// <summary>True when every check passed.</summary>
    public bool IsValid => Findings.Count > 0 && Findings.All(f => f.Passed);
}
