using LogScalePaging.Diagnostics;
using LogScalePaging.LogScale.Jobs;
using LogScalePaging.LogScale.Queries;
using Engine = LogScalePaging.LogScale.LogScaleSearchConnection;

namespace LogScalePaging.Commands;

/// <summary>Finds the server and the repository of a job.</summary>
internal static class JobAddress
{
    /// <summary>The engine's connection for query jobs; null if the server does not support them.</summary>
    public static Engine? MaybeJobs(this ServerConnection connection) => (Engine?)connection.Search(SearchSpec.SystemName);

    /// <summary>The engine's connection for query jobs.</summary>
    /// <exception cref="InvalidOperationException">The server does not support query jobs.</exception>
    public static Engine Jobs(this ServerConnection connection) =>
        connection.MaybeJobs() ?? throw new InvalidOperationException($"{connection} has no query jobs.");

    /// <summary>The calls for a job: on the named repository, else the one where it was created, else the connection's.</summary>
    public static QueryJobClient Client(ServerConnection connection, QueryJob job, string? repository, SignalLog signals) =>
        connection.Jobs().Client(signals, repository ?? (job.Repository.Length > 0 ? job.Repository : null));

    /// <summary>Deletes the jobs that were created on a connection, for at most 3 s. Jobs of other connections stay. Never fails.</summary>
    /// <returns>How many were deleted.</returns>
    public static async Task<int> DeleteJobsAsync(this ServerConnection connection, IEnumerable<QueryJob> jobs, SignalLog signals)
    {
        var own = jobs.Where(job => ReferenceEquals(job.Connection, connection)).Select(job => (job.Repository, job.Id)).ToList();
        return own.Count > 0 && connection.MaybeJobs() is { } server ? await server.DeleteJobsAsync(own, signals).ConfigureAwait(false) : 0;
    }
}
