namespace LogScalePaging.Tanium.Answers;

/// <summary>What an answer says about its collection.</summary>
/// <param name="Expected">Endpoints of the estate; null if the answer does not say.</param>
/// <param name="Responded">Endpoints that have answered; null if the answer does not say.</param>
/// <param name="Success">False if the collection failed.</param>
/// <param name="StartCursor">The cursor with which the collection is refreshed; null for none.</param>
internal sealed record CollectionState(long? Expected, long? Responded, bool Success, string? StartCursor)
{
    // The result is Unverified, not Incomplete: an endpoint that has not answered may or may not match, so nothing shows that a record is
    // missing, and no two answers contradict each other.
    /// <summary>What speaks against the result, as a part of a sentence; null for nothing.</summary>
    public string? Doubt => Expected > Responded
        ? FormattableString.Invariant($"only {Responded:N0} of {Expected:N0} endpoints of the estate have answered")
        : Success ? null : "the server says that the collection did not succeed";
}
