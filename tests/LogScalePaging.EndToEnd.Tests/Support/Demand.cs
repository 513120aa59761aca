namespace LogScalePaging.EndToEnd.Tests.Support;

/// <summary>What the verdict must be after a wrong answer. The weakest requirement is first.</summary>
internal enum Demand
{
    /// <summary>Another request gives the right answer, so only Complete is allowed.</summary>
    Complete,

    /// <summary>Complete over the truth, or Unverified, Incomplete or a known error.</summary>
    Honest,

    /// <summary>Some answer contradicts the received events, so Complete is not allowed.</summary>
    NotComplete,
}
