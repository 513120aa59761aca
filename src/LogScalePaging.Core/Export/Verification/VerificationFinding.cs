namespace LogScalePaging.Export.Verification;

/// <summary>The outcome of one check.</summary>
/// <param name="Check">Name of the check, one word that does not change between versions.</param>
/// <param name="Passed">Whether it passed.</param>
/// <param name="Expected">What should be, by the manifest.</param>
/// <param name="Actual">What is.</param>
/// <param name="Detail">What a person needs to know more, such as the number of the first row that is wrong.</param>
public sealed record VerificationFinding(string Check, bool Passed, string? Expected = null, string? Actual = null, string? Detail = null)
{
    /// <summary>File name; null for a check of the whole output.</summary>
    public string? File { get; init; }
}
