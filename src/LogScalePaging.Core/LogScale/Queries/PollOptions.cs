namespace LogScalePaging.LogScale.Queries;

/// <summary>The slice of a job's result buffer that a poll requests.</summary>
public sealed record PollOptions
{
    /// <summary>Maximum number of rows, 1 to 2,147,483,647; null for all.</summary>
    public int? Limit { get; init; }

    /// <summary>Rows to skip, 0 to 2,147,483,647. It pages within the result buffer and never past it.</summary>
    public int? Offset { get; init; }

    /// <summary>Field to sort by. Numbers are compared as numbers, and every other value sorts after all numbers.</summary>
    public string? SortBy { get; init; }

    /// <summary>Smallest first. The server's default is largest first.</summary>
    public bool Ascending { get; init; }

    /// <summary>
    /// Rows that the job was created for, if the poll requests all of them: a limit for the answer. Null if it is not known.
    /// </summary>
    internal int? Expected { get; init; }

    /// <summary>The query string of the poll, with its question mark; empty without options.</summary>
    public string ToQueryString()
    {
        var parts = new List<string>();
        // Without a limit, sortBy and sortOrder are ignored or refused.
        var limit = Limit ?? (SortBy is null && Offset is null ? null : int.MaxValue);
        if (limit is not null)
            parts.Add(FormattableString.Invariant($"paginationLimit={limit}"));
        if (Offset is not null)
            parts.Add(FormattableString.Invariant($"paginationOffset={Offset}"));
        if (SortBy is not null)
        {
            parts.Add("sortBy=" + Uri.EscapeDataString(SortBy));
            parts.Add(Ascending ? "sortOrder=asc" : "sortOrder=desc");
        }
        return parts.Count == 0 ? "" : "?" + string.Join("&", parts);
    }
}
