using LogScalePaging.Export.Files;
using LogScalePaging.Json;

namespace LogScalePaging.Export.Formats;

/// <summary>
/// Writes cells. They are quoted if RFC 4180 or a common reader needs it, and counted if a spreadsheet would run them as a formula.
/// </summary>
internal sealed class CsvCell
{
    private readonly JsonDecoder _decoder = new();

    /// <summary>Cells so far that begin like a formula and are not plain numbers.</summary>
    public long FormulaLike { get; private set; }

    /// <summary>Writes a value from the JSON of an event.</summary>
    public void Append(RowBuffer row, ReadOnlySpan<byte> value)
    {
        var isString = value[0] == (byte)'"';
        var text = isString ? value.Slice(1, value.Length - 2) : value;
        text = isString && text.IndexOf((byte)'\\') >= 0 ? _decoder.Decode(text) : Utf8Text.Mended(text);
        if (IsFormulaLike(text))
            FormulaLike++;
        // A quoted "" is an empty string, and a missing field is an empty cell. Objects and arrays are always quoted.
        Append(row, text, text.IsEmpty || (isString ? HasDelimiter(text) : value[0] is (byte)'{' or (byte)'['));
    }

    /// <summary>Writes a text that is already decoded.</summary>
    public static void AppendText(RowBuffer row, ReadOnlySpan<byte> text) => Append(row, text, HasDelimiter(text) || text.IsEmpty);

    private static void Append(RowBuffer row, ReadOnlySpan<byte> text, bool quote)
    {
        // Import-Csv removes blanks at the start of an unquoted cell.
        if (!quote && !IsBlank(text[0]) && !IsBlank(text[text.Length - 1]))
        {
            row.Add(text);
            return;
        }
        row.Add((byte)'"');
        for (int mark; (mark = text.IndexOf((byte)'"')) >= 0; text = text.Slice(mark + 1))
        {
            row.Add(text.Slice(0, mark + 1));
            row.Add((byte)'"');
        }
        row.Add(text);
        row.Add((byte)'"');
    }

    private static bool IsBlank(byte c) => c is (byte)' ' or (byte)'\t';

    private static bool HasDelimiter(ReadOnlySpan<byte> text) =>
        text.IndexOfAny((byte)',', (byte)'"', (byte)'\r') >= 0 || text.IndexOf((byte)'\n') >= 0;

    // A single character is not a formula: "-" means "nothing" in many logs.
    private static bool IsFormulaLike(ReadOnlySpan<byte> text) =>
        text.Length > 1 && text[0] is (byte)'=' or (byte)'+' or (byte)'-' or (byte)'@' or (byte)'\t' or (byte)'\r' && !IsNumber(text);

    private static bool IsNumber(ReadOnlySpan<byte> text)
    {
        if (text[0] is (byte)'+' or (byte)'-')
            text = text.Slice(1);
        return text.Length > 0 && text[0] is >= (byte)'0' and <= (byte)'9'
            && System.Buffers.Text.Utf8Parser.TryParse(text, out double _, out var used) && used == text.Length;
    }
}
