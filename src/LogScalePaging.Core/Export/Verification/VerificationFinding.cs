namespace LogScalePaging.Export.Verification;

/// <summary>The outcome of one check.</summary>
/// <param name="Check">Name of the check, one word that does not change between versions.</param>
/// <param name="Passed">Whether it passed.</param>
/// <param name="Expected">The value in the manifest.</param>
/// <param name="Actual">The actual value.</param>
/// <param name="Detail">More information, such as the number of the first wrong row.</param>
public sealed record VerificationFinding(string Check, bool Passed, string? Expected = null, string? Actual = null, string? Detail = null)
{
    /// <summary>File name; null for a check of the whole output.</summary>
    public string? File { get; init; }
}
