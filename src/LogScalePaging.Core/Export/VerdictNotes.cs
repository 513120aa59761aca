using System.Text.Json;
using LogScalePaging.Export.State;
using LogScalePaging.Search;

namespace LogScalePaging.Export;

/// <summary>
/// What the verdict of a resumed run must know of the answers to the runs before it, kept among the free notes of a checkpoint.
/// </summary>
internal static class VerdictNotes
{
    private const string DoubtsNote = "doubts";
    private const string AggregateNote = "aggregate";

    /// <summary>True when the notes do not say what a search found.</summary>
    public static bool Differ(ExportState state, ISearch search) =>
        IsAggregate(state) != search.IsAggregate || !search.Doubts.SequenceEqual(Doubts(state), StringComparer.Ordinal);

    /// <summary>The state with what a search found.</summary>
    public static ExportState Of(ExportState state, ISearch search)
    {
        if (!Differ(state, search))
            return state;
        var notes = state.Notes.ToDictionary(n => n.Key, n => n.Value);
        notes[AggregateNote] = search.IsAggregate.ToString();
        notes[DoubtsNote] = JsonSerializer.Serialize(search.Doubts);
        return state with { Notes = notes };
    }

    /// <summary>True when the query makes rows of its own.</summary>
    public static bool IsAggregate(ExportState state) => state.Notes.TryGetValue(AggregateNote, out var text) && text == bool.TrueString;

    /// <summary>What speaks against the result.</summary>
    /// <exception cref="JsonException">The note cannot be read.</exception>
    public static IReadOnlyList<string> Doubts(ExportState state) => state.Notes.TryGetValue(DoubtsNote, out var text)
        ? JsonSerializer.Deserialize<List<string>>(text)?.OfType<string>().ToList()
            ?? throw new JsonException($"The note '{DoubtsNote}' is empty.")
        : [];
}
