namespace LogScalePaging.Export;

/// <summary>
/// Walks over the fields of one JSON object, where they stand, without decoding and without judging: an odd escape, bad UTF-8 or a
/// repeated name must not cost a row. <c>Utf8JsonReader</c> would refuse some of that, and takes about three times as long.
/// </summary>
internal ref struct JsonFields(ReadOnlySpan<byte> json)
{
    private static readonly byte[] s_class = Classify();
    private readonly ReadOnlySpan<byte> _json = json;
    private int _at = -1;

    /// <summary>Name of the current field.</summary>
    public JsonSlice Name { get; private set; }

    /// <summary>Value of the current field; objects and arrays are one value.</summary>
    public JsonSlice Value { get; private set; }

    /// <summary>True when the walk ended before the object's closing brace.</summary>
    public bool IsDamaged { get; private set; }

    public bool MoveNext()
    {
        if (_at < 0)
        {
            _at = 0;
            if (Peek() != '{')
                return Damaged();
            _at++;
        }
        var next = Peek();
        if (next == ',')
        {
            _at++;
            next = Peek();
        }
        if (next == '}')
            return false;
        if (next != '"')
            return Damaged();
        Name = ScanString();
        if (Peek() != ':')
            return Damaged();
        _at++;
        Value = Peek() switch
        {
            '"' => ScanString(),
            '{' or '[' => ScanNested(),
            _ => ScanScalar(),
        };
        return Value.Length > 0 || Value.IsString || Damaged();
    }

    private bool Damaged()
    {
        IsDamaged = true;
        return false;
    }

    // The next byte that is not white space, or 0 at the end.
    private int Peek()
    {
        while (_at < _json.Length)
        {
            var c = _json[_at];
            if (c is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n'))
                return c;
            _at++;
        }
        return 0;
    }

    private JsonSlice ScanString()
    {
        var json = _json;
        var start = _at + 1;
        var flags = 0;
        var i = start;
        for (; i < json.Length; i++)
        {
            int kind = s_class[json[i]];
            if (kind == 0)
                continue;
            if (kind == (int)JsonText.Quote)
                break;
            flags |= kind;
            if (kind == (int)JsonText.Escaped)
                i++;
        }
        var end = Math.Min(i, json.Length);
        _at = end + 1;
        return new JsonSlice(start, end - start, (JsonText)flags, IsString: true);
    }

    private JsonSlice ScanScalar()
    {
        var start = _at;
        while (_at < _json.Length && _json[_at] is > (byte)' ' and not ((byte)',' or (byte)'}' or (byte)']' or (byte)'"'))
            _at++;
        return new JsonSlice(start, _at - start, JsonText.NonAscii, IsString: false);
    }

    private JsonSlice ScanNested()
    {
        var start = _at;
        var depth = 0;
        while (_at < _json.Length)
        {
            var c = _json[_at];
            if (c == '"')
            {
                ScanString();
                continue;
            }
            _at++;
            depth += c is (byte)'{' or (byte)'[' ? 1 : c is (byte)'}' or (byte)']' ? -1 : 0;
            if (depth == 0)
                break;
        }
        _at = Math.Min(_at, _json.Length);
        return new JsonSlice(start, _at - start, JsonText.Delimiter | JsonText.NonAscii, IsString: false);
    }

    private static byte[] Classify()
    {
        var kinds = new byte[256];
        for (var i = 128; i < 256; i++)
            kinds[i] = (byte)JsonText.NonAscii;
        kinds[','] = kinds['\r'] = kinds['\n'] = (byte)JsonText.Delimiter;
        kinds['\\'] = (byte)JsonText.Escaped;
        kinds['"'] = (byte)JsonText.Quote;
        return kinds;
    }
}
