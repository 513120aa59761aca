using LogScalePaging.Search.Ranges;

namespace LogScalePaging.Search;

/// <summary>The request of a search. Each system has its own record type, with its own settings.</summary>
public abstract record SearchRequest
{
    /// <summary>Name of the system in checkpoints and manifests.</summary>
    public abstract string System { get; }

    /// <summary>The query as the user wrote it, or the path to read for a system without a query language.</summary>
    public abstract string Query { get; init; }

    /// <summary>What is searched, for a person.</summary>
    public virtual string Title => Query;

    /// <summary>The time range as the user gave it.</summary>
    public abstract RequestedRange Range { get; }

    /// <summary>Maximum number of records, in the order of the search; null for all.</summary>
    public long? MaxEvents { get; init; }

    /// <summary>Skip the count. The result is then never Complete.</summary>
    public bool NoVerify { get; init; }

    /// <summary>The requested fields; null for all. A server may send others too, and the output decides what it keeps.</summary>
    public IReadOnlyList<string>? Fields { get; init; }

    /// <summary>Time zone for the time functions of the query; null for the server's. It changes what the search returns.</summary>
    public string? TimeZone { get; init; }

    /// <summary>The same request with at most this number of parallel jobs or windows, for a system that has them.</summary>
    internal virtual SearchRequest Within(int parallel) => this;

    /// <summary>The same search over another range.</summary>
    /// <param name="start">Its start in epoch milliseconds, inclusive.</param>
    /// <param name="end">Its end in epoch milliseconds, exclusive.</param>
    /// <exception cref="NotSupportedException">The search has no range: see <see cref="SearchConnection.StepsOf"/>.</exception>
    public virtual SearchRequest Over(long start, long end) => throw new NotSupportedException($"A search of {System} has no time range.");

    /// <summary>Checks every setting. Sends nothing.</summary>
    /// <exception cref="ArgumentException">A setting is not valid. The message has the allowed range.</exception>
    public abstract void EnsureValid();

    /// <summary>The request for an estimate: it changes nothing on the server beyond the jobs that are deleted again.</summary>
    internal virtual SearchRequest ForEstimate() => this;

    /// <summary>The settings that a checkpoint needs in addition to the identity of the search, by name. No secrets.</summary>
    public virtual IReadOnlyDictionary<string, string> ToNotes() => new Dictionary<string, string>();
}
