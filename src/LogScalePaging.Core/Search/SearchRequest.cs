namespace LogScalePaging.Search;

/// <summary>What one search asks of a system. Each system has a record of its own, with the settings that only it knows.</summary>
public abstract record SearchRequest
{
    /// <summary>Name of the system, as checkpoints and manifests state it.</summary>
    public abstract string System { get; }

    /// <summary>The query as the user wrote it; for a system without a query language, the path of what is read.</summary>
    public abstract string Query { get; init; }

    /// <summary>The time range as the user gave it.</summary>
    public abstract RequestedRange Range { get; }

    /// <summary>Records at most, in the order of the search; null for all.</summary>
    public long? MaxEvents { get; init; }

    /// <summary>Do not count the records. The result is then never Complete.</summary>
    public bool NoVerify { get; init; }

    /// <summary>The fields that are wanted; null for all. A server may send others as well: the output decides what it keeps.</summary>
    public IReadOnlyList<string>? Fields { get; init; }

    /// <summary>Time zone for the time functions of the query; null for the server's. It changes what the search returns.</summary>
    public string? TimeZone { get; init; }

    /// <summary>Checks every setting. Sends nothing.</summary>
    /// <exception cref="ArgumentException">A setting is outside its range; the message names the allowed range.</exception>
    public abstract void EnsureValid();

    /// <summary>The settings that a checkpoint must keep beside the identity of the search, by name. No secrets.</summary>
    public virtual IReadOnlyDictionary<string, string> ToNotes() => new Dictionary<string, string>();
}
