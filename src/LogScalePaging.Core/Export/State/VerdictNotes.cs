using System.Text.Json;
using LogScalePaging.Search;

namespace LogScalePaging.Export.State;

/// <summary>
/// Facts about the answers to earlier runs that the verdict of a resumed run needs. They are kept in the notes of a checkpoint.
/// </summary>
internal static class VerdictNotes
{
    private const string DoubtsNote = "doubts";
    private const string AggregateNote = "aggregate";

    /// <summary>True if the notes do not have the results of a search.</summary>
    public static bool Differ(ExportState state, ISearch search) =>
        IsAggregate(state) != search.IsAggregate || !search.Doubts.SequenceEqual(Doubts(state), StringComparer.Ordinal);

    /// <summary>The state with the results of a search.</summary>
    public static ExportState Of(ExportState state, ISearch search)
    {
        if (!Differ(state, search))
            return state;
        var notes = state.Notes.ToDictionary(n => n.Key, n => n.Value);
        notes[AggregateNote] = search.IsAggregate.ToString();
        notes[DoubtsNote] = JsonSerializer.Serialize(search.Doubts);
        return state with { Notes = notes };
    }

    /// <summary>True if the query makes its own rows.</summary>
    public static bool IsAggregate(ExportState state) => state.Notes.TryGetValue(AggregateNote, out var text) && text == bool.TrueString;

    /// <summary>The doubts about the result.</summary>
    /// <exception cref="JsonException">The note cannot be read.</exception>
    public static IReadOnlyList<string> Doubts(ExportState state) => state.Notes.TryGetValue(DoubtsNote, out var text)
        ? JsonSerializer.Deserialize<List<string>>(text)?.OfType<string>().ToList()
            ?? throw new JsonException($"The note '{DoubtsNote}' is empty.")
        : [];
}
