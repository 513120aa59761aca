using System.Globalization;
using System.Text.Json;

namespace LogScalePaging.LogScale.Windows;

/// <summary>What is known about a server's result buffer, and the fields in it.</summary>
/// <param name="Capacity">The largest accepted N of <c>tail(N)</c>; 200 if none is accepted.</param>
/// <param name="IsTail">False if the query must run unchanged, with the default buffer.</param>
/// <param name="OldestFirst">True when <c>tail</c> lists its oldest event first.</param>
internal sealed record ResultBuffer(int Capacity, bool IsTail, bool OldestFirst)
{
    private const string CapacityNote = "buffer.capacity";
    private const string TailNote = "buffer.tail";
    private const string OldestFirstNote = "buffer.oldestFirst";
    private const string FieldsNote = "buffer.fields";

    /// <summary>The fields to request from the server; null for all.</summary>
    public IReadOnlyList<string>? Fields { get; init; }

    /// <summary>The query for the requested fields, with the default buffer.</summary>
    public string Selected(string query) => Fields is null ? query : Then(query, FieldSelection.Stage(Fields));

    /// <summary>The query that fills the buffer with the newest events.</summary>
    public string Query(string query) => IsTail ? Then(Selected(query), FormattableString.Invariant($"tail({Capacity})")) : Selected(query);

    /// <summary>This buffer as notes of a checkpoint.</summary>
    internal IReadOnlyDictionary<string, string> ToNotes() => new Dictionary<string, string>
    {
        [CapacityNote] = Capacity.ToString(CultureInfo.InvariantCulture),
        [TailNote] = IsTail.ToString(),
        [OldestFirstNote] = OldestFirst.ToString(),
        [FieldsNote] = JsonSerializer.Serialize(Fields),
    };

    /// <summary>The buffer that the notes of a checkpoint describe.</summary>
    /// <exception cref="FormatException">The notes are not valid.</exception>
    internal static ResultBuffer FromNotes(IReadOnlyDictionary<string, string> notes)
    {
        var capacity = int.TryParse(Note(CapacityNote), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : throw Unreadable(CapacityNote);
        return new ResultBuffer(capacity, Flag(TailNote), Flag(OldestFirstNote)) { Fields = ReadFields() };

        string Note(string name) =>
            notes.TryGetValue(name, out var text) ? text : throw new FormatException($"The note '{name}' is missing.");

        bool Flag(string name) => bool.TryParse(Note(name), out var flag) ? flag : throw Unreadable(name);

        FormatException Unreadable(string name) => new($"The note '{name}' cannot be read.");

        IReadOnlyList<string>? ReadFields()
        {
            try
            {
                return JsonSerializer.Deserialize<IReadOnlyList<string>?>(Note(FieldsNote));
            }
            catch (JsonException)
            {
                throw Unreadable(FieldsNote);
            }
        }
    }

    // The stage is on its own line, because a comment may end the query.
    private static string Then(string query, string stage) => string.IsNullOrWhiteSpace(query) ? stage : $"{query}\n| {stage}";
}
