using LogScalePaging.Simulator;

namespace LogScalePaging.Bench.Processes;

/// <summary>The server that a benchmark wants.</summary>
internal sealed record ServerSettings
{
    /// <summary>Events that it holds, all within its last hour.</summary>
    public required int Events { get; init; }

    /// <summary>Added to each request, ms.</summary>
    public int LatencyMs { get; init; }

    /// <summary>How long a job runs, ms.</summary>
    public int JobMs { get; init; }

    /// <summary>What clients are asked to wait between polls, ms.</summary>
    public int PollAfterMs { get; init; }

    /// <summary>The largest N of <c>tail(N)</c>.</summary>
    public int MaxTail { get; init; } = 200_000;

    public SimulatorOptions ToOptions() => new()
    {
        EventCount = Events,
        EventSpan = TimeSpan.FromHours(1),
        Latency = TimeSpan.FromMilliseconds(LatencyMs),
        JobDuration = TimeSpan.FromMilliseconds(JobMs),
        PollAfterMs = PollAfterMs,
        MaxTail = MaxTail,
        // The baselines would break on it: Invoke-RestMethod hands out a string where two keys of an event differ only in case.
        HostileText = false,
        // The log of requests would grow with what is measured.
        RequestLogLimit = 0,
    };
}

/// <summary>The facts that a server prints when it is ready.</summary>
internal sealed record ServerAddress(string BaseUrl, string Repository, string Token);

/// <summary>What a server saw.</summary>
internal sealed record ServerStatistics(long Requests, int JobsCreated, int JobsAlive, int JobsPeak, double CpuSeconds)
{
    /// <summary>How often the day of a search was scanned: the lengths of all jobs' ranges together, in days.</summary>
    public double Scans { get; init; }
}
