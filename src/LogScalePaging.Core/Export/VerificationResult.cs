namespace LogScalePaging.Export;

/// <summary>What came of checking an output against its manifest.</summary>
/// <param name="Findings">One a check.</param>
/// <param name="Manifest">The manifest; null when there is none that can be read.</param>
public sealed record VerificationResult(IReadOnlyList<VerificationFinding> Findings, ExportManifest? Manifest)
{
    /// <summary>Why the manifest, which is there, cannot be read; null when it can, or when there is none.</summary>
    public ExportException? Unreadable { get; init; }

    /// <summary>True when every check passed.</summary>
    public bool IsValid => Findings.Count > 0 && Findings.All(f => f.Passed);
}
