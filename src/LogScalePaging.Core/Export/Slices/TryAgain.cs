using LogScalePaging.Diagnostics;
using LogScalePaging.Export.Errors;
using LogScalePaging.Transport.Errors;

namespace LogScalePaging.Export.Slices;

/// <summary>Tells whether a slice that failed may succeed in another try, without a change of the plan or the connection.</summary>
public static class TryAgain
{
    /// <summary>True for a slice that another run exports now, and for a server that cannot be reached, is busy, or lost its job.</summary>
    public static bool May(Exception? failure)
    {
        for (; failure is not null; failure = failure.InnerException)
        {
            switch (failure)
            {
                case ExportException export:
                    return export.Kind == ExportErrorKind.Locked;
                case ApiException { NetworkProblem: not null }:
                    return false;
                // An HTML page of a proxy, or a certificate, needs a person.
                case ApiException { IsTransient: true } passing:
                    return passing.Kind is not (ApiErrorKind.NotTheApi or ApiErrorKind.TlsFailed);
                case ApiException api:
                    return api.IsCircuitOpen;
                // A job that was lost.
                case IRequestFailure { IsHopeless: false }:
                    return true;
                default:
                    break;
            }
        }
        return false;
    }
}
