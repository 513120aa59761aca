namespace LogScalePaging.EndToEnd.Tests.Support;

/// <summary>What a wrong answer demands of the verdict, the weakest demand first.</summary>
internal enum Demand
{
    /// <summary>Asking again, or another way, brings the truth: Complete and nothing else.</summary>
    Complete,

    /// <summary>Complete over the truth, or Unverified, Incomplete or a known error.</summary>
    Honest,

    /// <summary>Whatever came, some answer contradicts it: never Complete.</summary>
    NotComplete,
}
