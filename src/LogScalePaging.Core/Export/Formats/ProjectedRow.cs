using System.Text.Encodings.Web;
using System.Text.Json;
using LogScalePaging.Diagnostics;
using LogScalePaging.Export.Fields;
using LogScalePaging.Export.Files;

namespace LogScalePaging.Export.Formats;

/// <summary>
/// An event with only the requested fields, in the requested order, each value in the server's own bytes. A missing field is left out.
/// </summary>
internal sealed class ProjectedRow(IReadOnlyList<string> columns) : IRowFormatter
{
    private readonly FieldPicker _picker = new(columns);
    private readonly byte[][] _names = [.. columns.Select(Name)];
    private readonly RowBuffer _row = new();

    public IReadOnlyList<string> EmptyColumns => _picker.Empty;

    public ReadOnlySpan<byte> Format(ReadOnlySpan<byte> utf8Event)
    {
        _picker.Read(utf8Event);
        _row.Clear();
        _row.Add((byte)'{');
        var any = false;
        for (var column = 0; column < _names.Length; column++)
        {
            if (!_picker.TryGet(column, utf8Event, out var value))
                continue;
            if (any)
                _row.Add((byte)',');
            any = true;
            _row.Add(_names[column]);
            _row.Add(value);
        }
        _row.Add((byte)'}');
        return _row.Written;
    }

    public void Report(SignalLog signals) => FormatWarnings.Damaged(_picker.Damaged, signals);

    private static byte[] Name(string name) =>
        [.. "\""u8, .. JsonEncodedText.Encode(name, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes, .. "\":"u8];
}
