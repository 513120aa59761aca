using LogScalePaging.Paging;

namespace LogScalePaging.Search;

/// <summary>A search as a checkpoint or a manifest keeps it: enough to ask for the same again.</summary>
/// <param name="Identity">What was asked, its range pinned.</param>
/// <param name="Notes">What <see cref="SearchRequest.ToNotes"/> gave.</param>
public sealed record SavedSearch(WalkIdentity Identity, IReadOnlyDictionary<string, string> Notes)
{
    /// <summary>Records at most; null for all.</summary>
    public long? MaxEvents { get; init; }

    /// <summary>Time zone of the query; null for the server's.</summary>
    public string? TimeZone { get; init; }

    /// <summary>True when the note is the word <c>true</c>; false when it is missing.</summary>
    public bool Flag(string name) => Notes.TryGetValue(name, out var value) && value == "true";
}
