using System.Text.Json;
using LogScalePaging.Export.Files;
using LogScalePaging.Records;

namespace LogScalePaging.Export.Verification;

/// <summary>Rows of json and ndjson: one event per line, for json between brackets and with commas.</summary>
internal sealed class JsonRows(Stream stream, bool array, RecordParser parser) : IRowSource
{
    private readonly LineReader _reader = new(stream);
    private int _at;
    private int _length;
    private int _lineStart;
    private ReadOnlyMemory<byte> _chunk;
    private long _row;
    private bool _begun;
    private bool _closed;
    private bool _comma;
    private bool _atEnd;

    public Failures Form { get; } = new();

    public IReadOnlyList<string>? Header => null;

    public ReadOnlyMemory<byte> Json { get; private set; }

    public bool Next(out RowIdentity row)
    {
        while (NextLine(out var line))
        {
            if (array && IsBracket(line))
                continue;
            _row++;
            if (array)
                line = WithoutComma(line);
            Json = _chunk.Slice(_lineStart, line.Length);
            row = Read(line);
            return true;
        }
        row = default;
        return false;
    }

    public void Dispose() => _reader.Dispose();

    private RowIdentity Read(ReadOnlySpan<byte> line)
    {
        try
        {
            return RowIdentity.Of(line, parser);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            Form.Add($"Row {_row} is not one JSON object: {e.Message}");
            return default;
        }
    }

    private bool IsBracket(ReadOnlySpan<byte> line)
    {
        if (!_begun && line.SequenceEqual("[]"u8))
            return _begun = _closed = true;
        if (!_begun)
        {
            if (!line.SequenceEqual("["u8))
                Form.Add("The file does not begin with '['.");
            _begun = true;
            return line.SequenceEqual("["u8);
        }
        if (_closed)
            Form.Add($"There is text after the end of the array, after row {_row}.");
        if (!line.SequenceEqual("]"u8))
            return false;
        if (_comma)
            Form.Add($"There is a comma after the last row, {_row}.");
        return _closed = true;
    }

    private ReadOnlySpan<byte> WithoutComma(ReadOnlySpan<byte> line)
    {
        if (_row > 1 && !_comma)
            Form.Add($"The comma before row {_row} is missing.");
        _comma = !line.IsEmpty && line[line.Length - 1] == (byte)',';
        return _comma ? line.Slice(0, line.Length - 1) : line;
    }

    private bool NextLine(out ReadOnlySpan<byte> line)
    {
        if (_at >= _length && !_atEnd)
            Fill();
        if (_at >= _length)
        {
            line = default;
            return false;
        }
        _lineStart = _at;
        var rest = _chunk.Span.Slice(_at);
        line = Lines.Next(ref rest);
        _at = _length - rest.Length;
        return true;
    }

    private void Fill()
    {
        var lines = _reader.Next();
        _chunk = _reader.Last;
        (_at, _length) = (0, lines.Length);
        if (_length > 0)
            return;
        _atEnd = true;
        if (!_reader.Rest.IsEmpty)
            Form.Add($"The file is truncated: the text after row {_row} has no line end.");
        if (array && !_closed)
            Form.Add($"The closing bracket is missing after row {_row}.");
    }
}
