using LogScalePaging.Common;
using LogScalePaging.Diagnostics;
using LogScalePaging.Transport.Errors;

namespace LogScalePaging.LogScale.Jobs;

/// <summary>
/// A query job that ended without its result: it expired, was cancelled, made no progress for too long, or answered with an empty page
/// although there is more. It is never the end of the data. The same job can be created again.
/// </summary>
/// <param name="jobId">The job.</param>
/// <param name="why">What happened to it, in words.</param>
/// <param name="inner">The cause.</param>
internal sealed class JobLostException(string jobId, string why, Exception? inner = null)
    : Exception(
        $"The query job {Printable.Line(jobId)} {why}.{(inner is ApiException { TraceId: { } trace } ? $" (trace id {trace})" : "")}",
        inner), IRequestFailure
{
    /// <summary>The job.</summary>
    public string JobId { get; } = jobId;

    /// <summary>True when the job was cancelled on the server; false when it expired.</summary>
    public bool WasCancelled { get; init; }

    /// <summary>True if it was cancelled because its work did not grow for the allowed time.</summary>
    public bool TimedOut { get; init; }

    /// <summary>True if it must not be created again.</summary>
    internal bool IsFinal { get; init; }

    /// <inheritdoc/>
    public bool IsHopeless => IsFinal;
}
