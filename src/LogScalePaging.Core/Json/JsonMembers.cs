using System.Text.Json;

namespace LogScalePaging.Json;

/// <summary>Reads the members of a JSON object in place, without decoding them.</summary>
/// <param name="json">The object, with its braces.</param>
internal ref struct JsonMembers(ReadOnlySpan<byte> json)
{
    private readonly ReadOnlySpan<byte> _json = json;
    private int _at;

    /// <summary>The name of the current member as it is written, without its quotes.</summary>
    public ReadOnlySpan<byte> Name { get; private set; }

    /// <summary>The value of the current member as it is written.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>True when the value is not null.</summary>
    public bool HasValue => Value[0] != (byte)'n';

    /// <summary>Index in the object at which the value begins.</summary>
    public int Start { get; private set; }

    /// <summary>Moves to the next member.</summary>
    /// <returns>False after the last one.</returns>
    /// <exception cref="JsonException">It is not a JSON object.</exception>
    public bool MoveNext()
    {
        var isFirst = _at == 0;
        var found = See();
        if (found == (byte)'}' && !isFirst)
            return false;
        if (found != (isFirst ? (byte)'{' : (byte)','))
            throw JsonScan.Unexpected(_json, _at);
        _at++;
        if (See() == (byte)'}' && isFirst)
            return false;
        var start = JsonScan.AfterName(_json, _at, out var name);
        if (start < 0 || !JsonScan.See(_json, ref start, out _))
            throw CutShort();
        var after = JsonScan.AfterValue(_json, start);
        if (after < 0)
            throw CutShort();
        Name = name;
        Value = _json.Slice(start, after - start);
        (Start, _at) = (start, after);
        return true;
    }

    private byte See() => JsonScan.See(_json, ref _at, out var found) ? found : throw CutShort();

    private static JsonException CutShort() => new("The object is not complete.");
}
