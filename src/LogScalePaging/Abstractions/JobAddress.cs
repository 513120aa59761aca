using LogScalePaging.Diagnostics;
using LogScalePaging.LogScale.Jobs;

namespace LogScalePaging.Commands;

/// <summary>Finds the repository of a job.</summary>
internal static class JobAddress
{
    /// <summary>The calls for a job: on the repository named, else the one where it was made, else the connection's.</summary>
    public static QueryJobClient Client(LogScaleConnection connection, QueryJob job, string? repository, SignalLog signals) =>
        connection.Engine.Client(signals, repository ?? (job.Repository.Length > 0 ? job.Repository : null));
}
