using System.Globalization;
using System.Text.Json;

namespace LogScalePaging.LogScale.Windows;

/// <summary>What a server's result buffer was found to be, and what is asked to be in it.</summary>
/// <param name="Capacity">The largest N that <c>tail(N)</c> is taken with; 200 when none is.</param>
/// <param name="IsTail">False when the query has to run as it is, with the buffer that every filter query has.</param>
/// <param name="OldestFirst">True when <c>tail</c> lists its oldest event first.</param>
public sealed record ResultBuffer(int Capacity, bool IsTail, bool OldestFirst)
{
    private const string CapacityNote = "buffer.capacity";
    private const string TailNote = "buffer.tail";
    private const string OldestFirstNote = "buffer.oldestFirst";
    private const string FieldsNote = "buffer.fields";

    /// <summary>The fields that the server is to send; null for all.</summary>
    public IReadOnlyList<string>? Fields { get; init; }

    /// <summary>The query for events as they are wanted, without a widened buffer.</summary>
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
    /// <exception cref="FormatException">They do not describe one.</exception>
    internal static ResultBuffer FromNotes(IReadOnlyDictionary<string, string> notes)
    {
        var capacity = int.TryParse(Note(CapacityNote), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : throw Unreadable(CapacityNote);
        return new ResultBuffer(capacity, Flag(TailNote), Flag(OldestFirstNote)) { Fields = ReadFields() };

        string Note(string name) => notes.TryGetValue(name, out var text) ? text : throw new FormatException($"The note '{name}' is missing.");

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

    // On a line of its own: a comment may end the query.
    private static string Then(string query, string stage) => string.IsNullOrWhiteSpace(query) ? stage : $"{query}\n| {stage}";
}
