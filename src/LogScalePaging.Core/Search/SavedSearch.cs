using LogScalePaging.Paging.Positions;

namespace LogScalePaging.Search;

/// <summary>A search from a checkpoint or a manifest: enough to repeat it.</summary>
/// <param name="Identity">The query, server and pinned range.</param>
/// <param name="Notes">The result of <see cref="SearchRequest.ToNotes"/>.</param>
public sealed record SavedSearch(WalkIdentity Identity, IReadOnlyDictionary<string, string> Notes)
{
    /// <summary>Maximum number of records; null for all.</summary>
    public long? MaxEvents { get; init; }

    /// <summary>Time zone of the query; null for the server's.</summary>
    public string? TimeZone { get; init; }

    /// <summary>True if the note is the word <c>true</c>; false if it is missing.</summary>
    public bool Flag(string name) => Notes.TryGetValue(name, out var value) && value == "true";
}
