using LogScalePaging.Common;
using LogScalePaging.Diagnostics;
using LogScalePaging.Paging.Verdicts;

namespace LogScalePaging.Search.Proof;

/// <summary>Reports a verdict that is not Complete as a warning, for every kind of output.</summary>
internal static class VerdictSignals
{
    /// <summary>Reports the verdict and returns it.</summary>
    /// <param name="verdict">The verdict.</param>
    /// <param name="signals">The log that receives the warnings.</param>
    /// <param name="wantsProof">False if no count was requested. An unverified result is then expected.</param>
    public static Completeness ReportTo(this Completeness verdict, SignalLog signals, bool wantsProof)
    {
        if (verdict.Late > 0)
            signals.Warn(SignalKind.LateArrival,
                $"{Counted.Of(verdict.Late, "record")} arrived late and {(verdict.Late == 1 ? "is" : "are")} not in the result. Run the search "
                + $"again to get {(verdict.Late == 1 ? "it" : "them")}", verdict.Late);
        if (verdict.State == CompletenessState.Incomplete)
            signals.Warn(SignalKind.PartialResult, $"the result is incomplete: {verdict.Reason}", verdict.Missing);
        else if (verdict.State == CompletenessState.Unverified && wantsProof)
            signals.Warn(SignalKind.Unverified, $"the result is not verified: {verdict.Reason}");
        return verdict;
    }
}
