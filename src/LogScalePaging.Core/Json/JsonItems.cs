using System.Text.Json;

namespace LogScalePaging.Json;

/// <summary>Reads the items of a JSON array in place, without decoding them.</summary>
/// <param name="array">The array, with its brackets.</param>
internal ref struct JsonItems(ReadOnlySpan<byte> array)
{
    private readonly ReadOnlySpan<byte> _json = array;
    private int _at;

    /// <summary>The current item as it is written: a string with its quotes, an object or array completely.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>Where the current item begins in the array.</summary>
    internal int Start { get; private set; }

    /// <summary>Moves to the next item.</summary>
    /// <returns>False after the last one.</returns>
    /// <exception cref="JsonException">It is not a JSON array.</exception>
    public bool MoveNext()
    {
        var isFirst = _at == 0;
        var found = See();
        if (found == (byte)']' && !isFirst)
            return false;
        if (found != (isFirst ? (byte)'[' : (byte)','))
            throw JsonScan.Unexpected(_json, _at);
        _at++;
        if (See() == (byte)']' && isFirst)
            return false;
        var after = JsonScan.AfterValue(_json, _at);
        if (after < 0)
            throw CutShort();
        Value = _json.Slice(_at, after - _at);
        (Start, _at) = (_at, after);
        return true;
    }

    private byte See() => JsonScan.See(_json, ref _at, out var found) ? found : throw CutShort();

    private static JsonException CutShort() => new("The array is not complete.");
}
