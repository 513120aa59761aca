using System.Text.Json;
using LogScalePaging.Json;

namespace LogScalePaging.Axiom.Answers;

/// <summary>Walks over the members of a JSON object where they stand, without decoding any.</summary>
/// <param name="json">The object, with its braces.</param>
internal ref struct JsonMembers(ReadOnlySpan<byte> json)
{
    private readonly ReadOnlySpan<byte> _json = json;
    private int _at;

    /// <summary>The name as it is written, without its quotes.</summary>
    public ReadOnlySpan<byte> Name { get; private set; }

    /// <summary>The value as it is written.</summary>
    public ReadOnlySpan<byte> Value => _json.Slice(ValueStart, ValueLength);

    /// <summary>Where the value begins.</summary>
    public int ValueStart { get; private set; }

    /// <summary>Length of the value in bytes.</summary>
    public int ValueLength { get; private set; }

    /// <summary>True when the value is not null.</summary>
    public bool HasValue => _json[ValueStart] != (byte)'n';

    /// <summary>Goes on to the next member.</summary>
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
        _at = JsonScan.AfterName(_json, _at, out var name);
        if (_at < 0)
            throw CutShort();
        See();
        var after = JsonScan.AfterValue(_json, _at);
        if (after < 0)
            throw CutShort();
        Name = name;
        (ValueStart, ValueLength) = (_at, after - _at);
        _at = after;
        return true;
    }

    private byte See() => JsonScan.See(_json, ref _at, out var found) ? found : throw CutShort();

    private static JsonException CutShort() => new("The object is not complete.");
}
