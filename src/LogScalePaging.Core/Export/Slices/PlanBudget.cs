using System.Text.Json.Serialization;

namespace LogScalePaging.Export.Slices;

/// <summary>
/// What one slice may use of the server. Machines do not see each other's requests, so each slice gets a part of the server's limits.
/// </summary>
/// <param name="Jobs">Maximum number of parallel query jobs of a slice.</param>
/// <param name="RequestsPerMinute">Maximum number of requests of a slice in a minute.</param>
public sealed record PlanBudget([property: JsonRequired] int Jobs, [property: JsonRequired] int RequestsPerMinute)
{
    /// <summary>Parallel query jobs, and requests a minute, that LogScale and NG-SIEM allow a customer.</summary>
    public const int ServerLimit = 6_000;

    private const int DefaultJobs = 8;

    // A job is polled, and kept alive every 15 s. With fewer requests, jobs would wait for each other and expire.
    private const int RequestsPerJob = 30;

    /// <summary>An equal part of the server's limits for each slice.</summary>
    /// <param name="slices">Number of slices that may run in parallel.</param>
    /// <param name="jobs">Jobs of a slice; null for 8, or fewer if the slice has few requests.</param>
    /// <param name="requests">Requests of a slice in a minute; null for an equal part.</param>
    /// <exception cref="ArgumentException">A slice gets nothing, or more than the server allows.</exception>
    public static PlanBudget For(int slices, int? jobs, int? requests)
    {
        var part = Math.Max(1, ServerLimit / Math.Max(1, slices));
        var most = requests ?? part;
        var budget = new PlanBudget(jobs ?? Math.Max(1, Math.Min(Math.Min(DefaultJobs, part), most / RequestsPerJob)), most);
        budget.EnsureSound();
        return budget;
    }

    /// <exception cref="ArgumentException">A slice gets nothing, or more than the server allows.</exception>
    internal void EnsureSound()
    {
        if (Jobs is < 1 or > ServerLimit)
            throw new ArgumentException(
                FormattableString.Invariant($"The jobs of a slice must be between 1 and {ServerLimit:N0}, not {Jobs:N0}."));
        if (RequestsPerMinute < 1)
            throw new ArgumentException(
                FormattableString.Invariant($"The requests of a slice in a minute must be 1 or more, not {RequestsPerMinute:N0}."));
    }
}
