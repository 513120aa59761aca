using System.Text.Json;
using LogScalePaging.Common;
using LogScalePaging.Json;
using LogScalePaging.Records;

namespace LogScalePaging.Axiom.Answers;

/// <summary>
/// Reads answers in both forms that Axiom has: tabular, which is a table by columns, and legacy, which is a list of events with their
/// fields in <c>data</c>. Both become the same records: flat objects without nulls. No number is decoded.
/// </summary>
/// <param name="parser">Makes the records.</param>
/// <param name="keepsRowId">True to keep the cursor that a legacy answer gives to each row.</param>
internal sealed class AxiomAnswerReader(RecordParser parser, bool keepsRowId)
{
    /// <summary>Reads an answer.</summary>
    /// <exception cref="JsonException">It is not an answer to a query.</exception>
    public AxiomAnswer Read(ReadOnlySpan<byte> json)
    {
        ReadOnlySpan<byte> tables = default, matches = default, buckets = default, status = default;
        var isAnswer = false;
        var members = new JsonMembers(WithoutMark(json));
        while (members.MoveNext())
        {
            // The value may be null if there are no rows.
            isAnswer |= members.Name.SequenceEqual("tables"u8) || members.Name.SequenceEqual("matches"u8)
                || members.Name.SequenceEqual("buckets"u8);
            if (!members.HasValue)
                continue;
            if (members.Name.SequenceEqual("tables"u8))
                tables = members.Value;
            else if (members.Name.SequenceEqual("matches"u8))
                matches = members.Value;
            else if (members.Name.SequenceEqual("buckets"u8))
                buckets = members.Value;
            else if (members.Name.SequenceEqual("status"u8))
                status = members.Value;
        }
        if (!isAnswer)
            throw new JsonException("The answer has neither tables nor matches.");
        var records = tables.IsEmpty ? Legacy(matches) : Tabular(tables);
        return Status(status, records) with { Number = tables.IsEmpty ? Total(buckets) : FirstCell(tables) };
    }

    private static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> json) =>
        json.Length >= 3 && json[0] == 0xEF && json[1] == 0xBB && json[2] == 0xBF ? json.Slice(3) : json;

    // The totals of groups are in a second table.
    private static ReadOnlySpan<byte> FirstTable(ReadOnlySpan<byte> tables)
    {
        var items = new JsonItems(tables);
        return items.MoveNext() ? items.Value : default;
    }

    private IReadOnlyList<Record> Tabular(ReadOnlySpan<byte> tables)
    {
        var table = FirstTable(tables);
        if (table.IsEmpty)
            return [];
        ReadOnlySpan<byte> fields = default, columns = default;
        var members = new JsonMembers(table);
        while (members.MoveNext())
        {
            if (members.HasValue && members.Name.SequenceEqual("fields"u8))
                fields = members.Value;
            else if (members.HasValue && members.Name.SequenceEqual("columns"u8))
                columns = members.Value;
        }
        var names = Names(fields);
        var cells = Cells(columns);
        // A table without rows may have no columns.
        if (cells.Count == 0)
            return [];
        if (cells.Count != names.Count)
            throw new JsonException($"The table of the answer has {names.Count} fields and {cells.Count} columns.");
        var rows = cells[0].Count;
        if (cells.Any(c => c.Count != rows))
            throw new JsonException("The columns of the answer differ in length.");
        var writer = new RecordWriter(columns.Length + (rows * names.Sum(n => n.Length + 4)));
        for (var row = 0; row < rows; row++)
        {
            writer.Begin();
            for (var column = 0; column < names.Count; column++)
                writer.Field(names[column], columns.Slice(cells[column][row].Start, cells[column][row].Length));
            writer.End();
        }
        return writer.Records(parser);
    }

    private static List<byte[]> Names(ReadOnlySpan<byte> fields)
    {
        var names = new List<byte[]>();
        if (fields.IsEmpty)
            return names;
        var items = new JsonItems(fields);
        while (items.MoveNext())
        {
            byte[]? name = null;
            var members = new JsonMembers(items.Value);
            while (members.MoveNext())
            {
                if (members.Name.SequenceEqual("name"u8) && members.Value[0] == (byte)'"')
                    name = members.Value.Slice(1, members.Value.Length - 2).ToArray();
            }
            names.Add(name ?? throw new JsonException("A field of the answer has no name."));
        }
        return names;
    }

    private static List<List<(int Start, int Length)>> Cells(ReadOnlySpan<byte> columns)
    {
        var cells = new List<List<(int Start, int Length)>>();
        if (columns.IsEmpty)
            return cells;
        var items = new JsonItems(columns);
        while (items.MoveNext())
        {
            var column = new List<(int Start, int Length)>(cells.Count > 0 ? cells[0].Count : 16);
            if (items.Value[0] != (byte)'[')
                throw new JsonException("A column of the answer is not a list.");
            var at = Offset(columns, items.Value);
            var values = new JsonItems(items.Value);
            while (values.MoveNext())
                column.Add((at + Offset(items.Value, values.Value), values.Value.Length));
            cells.Add(column);
        }
        return cells;
    }

    private static int Offset(ReadOnlySpan<byte> whole, ReadOnlySpan<byte> part) =>
        whole.Overlaps(part, out var offset) ? offset : throw new JsonException("A value is empty.");

    private IReadOnlyList<Record> Legacy(ReadOnlySpan<byte> matches)
    {
        if (matches.IsEmpty)
            return [];
        var writer = new RecordWriter(matches.Length);
        var items = new JsonItems(matches);
        while (items.MoveNext())
            Match(writer, items.Value);
        return writer.Records(parser);
    }

    private void Match(RecordWriter writer, ReadOnlySpan<byte> match)
    {
        writer.Begin();
        ReadOnlySpan<byte> data = default;
        var members = new JsonMembers(match);
        while (members.MoveNext())
        {
            if (members.Name.SequenceEqual("data"u8))
                data = members.Value;
            else if (IsTime(members.Name) || (keepsRowId && members.Name.SequenceEqual("_rowId"u8)))
                writer.Field(members.Name, members.Value);
        }
        if (!data.IsEmpty && data[0] == (byte)'{')
        {
            var fields = new JsonMembers(data);
            while (fields.MoveNext())
            {
                // The other members belong to the event.
                if (!IsTime(fields.Name) && !fields.Name.SequenceEqual("_rowId"u8))
                    writer.Field(fields.Name, fields.Value);
            }
        }
        writer.End();
    }

    private static bool IsTime(ReadOnlySpan<byte> name) => name.SequenceEqual("_time"u8) || name.SequenceEqual("_sysTime"u8);

    private static AxiomAnswer Status(ReadOnlySpan<byte> status, IReadOnlyList<Record> records)
    {
        if (status.IsEmpty)
            return new AxiomAnswer(records);
        using var document = AnswerJson.Parse(status);
        bool Is(string name) => AnswerJson.Member(document.RootElement, name) is { ValueKind: JsonValueKind.True };
        var said = new List<string>();
        if (Is("isPartial"))
            said.Add("the server says that its answer is partial");
        if (Is("isEstimate"))
            said.Add("the server says that its answer is an estimate");
        if (AnswerJson.Member(document.RootElement, "messages") is { ValueKind: JsonValueKind.Array } messages)
            said.AddRange(messages.EnumerateArray().Select(Message).OfType<string>().Select(m => $"the server says: {Printable.Line(m)}"));
        return new AxiomAnswer(records) { IsPartial = Is("isPartial") || Is("isEstimate"), Messages = said };
    }

    private static string? Message(JsonElement message) =>
        AnswerJson.Text(message) ?? AnswerJson.Text(message, "msg") ?? AnswerJson.Text(message, "message")
            ?? AnswerJson.Text(message, "code")
        ?? (message.ValueKind == JsonValueKind.Null ? null : message.GetRawText());

    private static string? FirstCell(ReadOnlySpan<byte> tables)
    {
        var table = FirstTable(tables);
        if (table.IsEmpty)
            return null;
        var members = new JsonMembers(table);
        while (members.MoveNext())
        {
            if (!members.Name.SequenceEqual("columns"u8) || !members.HasValue)
                continue;
            var columns = new JsonItems(members.Value);
            if (!columns.MoveNext())
                return null;
            var cells = new JsonItems(columns.Value);
            return cells.MoveNext() ? Utf8Text.Get(cells.Value) : null;
        }
        return null;
    }

    // {"totals":[{"aggregations":[{"op":"count","value":4000}]}]}
    private static string? Total(ReadOnlySpan<byte> buckets)
    {
        if (buckets.IsEmpty)
            return null;
        using var document = AnswerJson.Parse(buckets);
        return First(AnswerJson.Member(First(AnswerJson.Member(document.RootElement, "totals")), "aggregations")) is { } aggregation
            ? AnswerJson.Member(aggregation, "value")?.GetRawText()
            : null;
    }

    private static JsonElement? First(JsonElement? array) =>
        array is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() > 0 ? list[0] : null;
}
