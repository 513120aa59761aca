using System.Text.Json;
using LogScalePaging.Export.Files;
using LogScalePaging.Json;
using LogScalePaging.Records;
using LogScalePaging.Records.Identities;

namespace LogScalePaging.Export.Verification;

/// <summary>Rows of a csv, read by an RFC 4180 reader that shares no code with the writer.</summary>
/// <param name="stream">The text.</param>
/// <param name="parser">Reads times.</param>
/// <param name="bom">True if the text begins with a byte order mark.</param>
/// <param name="forCopy">
/// True to leave out fields that are missing and to keep empty texts, so that a copy has the same cells. The writer quotes an empty text.
/// </param>
internal sealed class CsvRows(Stream stream, RecordParser parser, bool bom = false, bool forCopy = false) : IRowSource
{
    private readonly byte[] _block = new byte[256 * 1024];
    private readonly RowBuffer _text = new();
    private readonly List<int> _ends = [];
    private readonly List<bool> _quoted = [];
    private readonly MemoryStream _json = new();
    private int _at;
    private int _length;
    private int _columns = -1;
    private int _id = -1;
    private int _time = -1;
    private long _row;

    public Failures Form { get; } = new();

    public IReadOnlyList<string>? Header { get; private set; }

    public ReadOnlyMemory<byte> Json => ToJson();

    public bool Next(out RowIdentity row)
    {
        row = default;
        if (_columns < 0 && !ReadHeader())
            return false;
        if (!ReadRow())
            return false;
        _row++;
        if (_ends.Count != _columns)
            Form.Add($"Row {_row} has {_ends.Count} cells, the header has {_columns}.");
        var id = Cell(_id);
        var timestamp = parser.TimeOf(Cell(_time));
        // Ids that could not be decoded may look equal, and the cell has no other information.
        var isWhole = id.IndexOf("\uFFFD"u8) < 0;
        row = new RowIdentity(id.IsEmpty ? null : Utf8Text.Get(id), timestamp)
        {
            Item = isWhole ? ItemIdentity.Of(id, _text.Written, timestamp) : ItemIdentity.None,
        };
        return true;
    }

    public void Dispose() => stream.Dispose();

    private ReadOnlyMemory<byte> ToJson()
    {
        _json.SetLength(0);
        using (var writer = new Utf8JsonWriter(_json))
        {
            writer.WriteStartObject();
            for (var i = 0; i < _columns; i++)
            {
                var cell = Cell(i);
                if (forCopy && cell.IsEmpty && !(i < _quoted.Count && _quoted[i]))
                    continue;
                writer.WritePropertyName(Header![i]);
                if (cell.IsEmpty && !forCopy)
                    writer.WriteNullValue();
                else if (i == _time && !parser.HasTextTimes && parser.TimeOf(cell) is { } time)
                    writer.WriteNumberValue(time);
                else
                    writer.WriteStringValue(cell);
            }
            writer.WriteEndObject();
        }
        return _json.GetBuffer().AsMemory(0, (int)_json.Length);
    }

    // A mark that the manifest does not tell of is part of the first column's name, and the header differs.
    private void SkipMark()
    {
        if (NextByte() != 0xEF || NextByte() != 0xBB || NextByte() != 0xBF)
            Form.Add("The byte order mark at the start of the file is missing.");
    }

    private bool ReadHeader()
    {
        if (bom)
            SkipMark();
        var found = ReadRow();
        var names = new List<string>();
        for (var i = 0; found && i < _ends.Count; i++)
            names.Add(Utf8Text.Get(Cell(i)));
        (Header, _columns) = (names, names.Count);
        (_id, _time) = (Column(parser.Schema.IdentityField), Column(parser.Schema.TimeField));
        return found;

        int Column(string? field) => field is null ? -1 : names.IndexOf(field);
    }

    private ReadOnlySpan<byte> Cell(int column)
    {
        if (column < 0 || column >= _ends.Count)
            return default;
        var start = column == 0 ? 0 : _ends[column - 1];
        return _text.Written.Slice(start, _ends[column] - start);
    }

    private bool ReadRow()
    {
        _text.Clear();
        _ends.Clear();
        _quoted.Clear();
        var c = NextByte();
        if (c < 0)
            return false;
        while (true)
        {
            _quoted.Add(c == '"');
            c = c == '"' ? Quoted() : Plain(c);
            _ends.Add(_text.Written.Length);
            if (c == ',')
            {
                c = NextByte();
                continue;
            }
            if (c < 0)
                Form.Add($"The file is truncated: row {_row + 1} has no line end.");
            else if (c == '\r' && NextByte() != '\n')
                Form.Add($"Row {_row + 1} ends with a carriage return only.");
            return true;
        }
    }

    // Both return the byte that ends the cell: a comma, a line end, or -1 at the end of the file.
    private int Plain(int c)
    {
        for (; c is not (',' or '\r' or '\n' or -1); c = NextByte())
            _text.Add((byte)c);
        return c;
    }

    private int Quoted()
    {
        while (true)
        {
            var c = NextByte();
            if (c == '"' && (c = NextByte()) != '"')
            {
                if (c is not (',' or '\r' or '\n' or -1))
                    Form.Add($"Row {_row + 1} has text after a closing quote.");
                return Plain(c);
            }
            if (c < 0)
            {
                Form.Add($"The file is truncated inside the quotes of row {_row + 1}.");
                return c;
            }
            _text.Add((byte)c);
        }
    }

    private int NextByte()
    {
        if (_at == _length)
        {
            _length = stream.Read(_block, 0, _block.Length);
            _at = 0;
            if (_length == 0)
                return -1;
        }
        return _block[_at++];
    }
}
