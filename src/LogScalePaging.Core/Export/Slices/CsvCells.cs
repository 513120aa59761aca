using System.Text.Json;
using LogScalePaging.Records;

namespace LogScalePaging.Export.Slices;

/// <summary>
/// Makes rows that were read from a csv ready to be written to another one. The reader returns an empty cell as null, which would be
/// written as a word. As an empty text, it keeps its column and is written as an empty cell again.
/// </summary>
/// <param name="schema">What the records look like.</param>
internal sealed class CsvCells(RecordSchema schema)
{
    private readonly RecordParser _parser = new(schema);
    private readonly MemoryStream _row = new();

    /// <summary>The row with empty texts. It is valid until the next call.</summary>
    public Record Filled(in Record row)
    {
        using var document = JsonDocument.Parse(row.Utf8);
        _row.SetLength(0);
        using (var writer = new Utf8JsonWriter(_row))
        {
            writer.WriteStartObject();
            foreach (var cell in document.RootElement.EnumerateObject())
            {
                writer.WritePropertyName(cell.Name);
                if (cell.Value.ValueKind == JsonValueKind.Null)
                    writer.WriteStringValue("");
                else
                    cell.Value.WriteTo(writer);
            }
            writer.WriteEndObject();
        }
        return _parser.Parse(_row.GetBuffer().AsMemory(0, (int)_row.Length));
    }
}
