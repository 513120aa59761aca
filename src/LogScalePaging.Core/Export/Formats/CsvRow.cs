using System.Text;
using LogScalePaging.Diagnostics;
using LogScalePaging.Export.Fields;
using LogScalePaging.Export.Files;

namespace LogScalePaging.Export.Formats;

/// <summary>
/// A row of RFC 4180. A missing field is empty, and an empty string is <c>""</c>. Strings are decoded. Numbers, booleans, null, objects
/// and arrays are written as their JSON text.
/// </summary>
internal sealed class CsvRow(IReadOnlyList<string> columns) : IRowFormatter
{
    private readonly int _columns = columns.Count;
    private readonly FieldPicker _picker = new(columns);
    private readonly CsvCell _cell = new();
    private readonly RowBuffer _row = new();

    /// <summary>Cells so far that a spreadsheet would read as formulas.</summary>
    public long FormulaLikeCells => _cell.FormulaLike;

    /// <summary>The first line with its line end; empty if there are no columns.</summary>
    public static byte[] Header(IReadOnlyList<string> columns)
    {
        var row = new RowBuffer();
        for (var i = 0; i < columns.Count; i++)
        {
            if (i > 0)
                row.Add((byte)',');
            CsvCell.AppendText(row, Encoding.UTF8.GetBytes(columns[i]));
        }
        if (columns.Count > 0)
            row.Add("\r\n"u8);
        return row.Written.ToArray();
    }

    public IReadOnlyList<string> EmptyColumns => _picker.Empty;

    public ReadOnlySpan<byte> Format(ReadOnlySpan<byte> utf8Event)
    {
        _picker.Read(utf8Event);
        _row.Clear();
        for (var column = 0; column < _columns; column++)
        {
            if (column > 0)
                _row.Add((byte)',');
            if (_picker.TryGet(column, utf8Event, out var value))
                _cell.Append(_row, value);
        }
        // Many readers do not read an empty line as a row.
        if (_row.Written.IsEmpty)
            _row.Add("\"\""u8);
        return _row.Written;
    }

    public void Report(SignalLog signals)
    {
        FormatWarnings.Formulas(FormulaLikeCells, signals);
        FormatWarnings.Damaged(_picker.Damaged, signals);
    }
}
