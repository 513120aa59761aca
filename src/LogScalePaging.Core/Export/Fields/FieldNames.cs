using LogScalePaging.Json;

namespace LogScalePaging.Export.Fields;

/// <summary>
/// Finds the column of a field by its encoded name. Events of one kind have their fields in one order, so the field at this position in
/// the last event is tried first, and most events need no look-up.
/// </summary>
internal sealed class FieldNames
{
    // Names as written. A hostile source must not fill the memory with different encodings of the same name.
    private const int RememberedSpellings = 100_000;
    private readonly bool _grow;
    private readonly List<string> _names = [];
    private readonly Dictionary<string, int> _byName = new(StringComparer.Ordinal);
    private readonly Utf8Table<int> _byBytes = new();
    private readonly JsonDecoder _decoder = new();
    private int[] _lastEntry = [];

    /// <param name="names">The columns.</param>
    /// <param name="grow">Whether an unknown name becomes a new column.</param>
    public FieldNames(IEnumerable<string> names, bool grow)
    {
        _grow = grow;
        foreach (var name in names)
        {
            if (!_byName.ContainsKey(name))
                _byName.Add(name, _names.Count);
            _names.Add(name);
        }
    }

    public IReadOnlyList<string> Names => _names;

    /// <summary>The column of a name; -1 if it is not a column.</summary>
    /// <param name="position">Number of fields before this one in its event.</param>
    /// <param name="raw">The name between its quotes, as it is written.</param>
    public int Find(int position, ReadOnlySpan<byte> raw)
    {
        if (position < _lastEntry.Length && _lastEntry[position] is >= 0 and var last && raw.SequenceEqual(_byBytes.Key(last)))
            return _byBytes.Value(last);
        if (!_byBytes.TryGet(raw, out var entry))
        {
            var column = FindByName(_decoder.DecodeToString(raw));
            if (_byBytes.Count >= RememberedSpellings)
                return column;
            entry = _byBytes.Add(raw.ToArray(), column);
        }
        if (position >= _lastEntry.Length)
        {
            var length = _lastEntry.Length;
            Array.Resize(ref _lastEntry, Math.Max(64, position * 2));
            _lastEntry.AsSpan(length).Fill(-1);
        }
        _lastEntry[position] = entry;
        return _byBytes.Value(entry);
    }

    private int FindByName(string name)
    {
        if (_byName.TryGetValue(name, out var column))
            return column;
        if (!_grow)
            return -1;
        _byName.Add(name, _names.Count);
        _names.Add(name);
        return _names.Count - 1;
    }
}
