using System.Management.Automation;

namespace LogScalePaging.Events;

/// <summary>The fields of one record while its object is put together.</summary>
internal sealed class FieldList
{
    private readonly List<(string Name, int Entry, object? Value)> _fields = [];
    private readonly NextProperty _next = new();
    private readonly Dictionary<string, int> _byName = new(StringComparer.Ordinal);

    /// <summary>Forgets all fields.</summary>
    public void Clear()
    {
        _fields.Clear();
        _byName.Clear();
    }

    /// <summary>Adds a field; the last value of a name is used.</summary>
    /// <param name="name">The name.</param>
    /// <param name="entry">Which of the requested entries it belongs to.</param>
    /// <param name="value">The value.</param>
    public void Add(string name, int entry, object? value)
    {
        if (_byName.TryGetValue(name, out var at))
        {
            _fields[at] = (name, entry, value);
            return;
        }
        _byName.Add(name, _fields.Count);
        _fields.Add((name, entry, value));
    }

    /// <summary>
    /// Gives a requested name its property: the exact field, else one that differs in case, else null. What an earlier entry took is not
    /// repeated.
    /// </summary>
    public void Require(string name, int entry)
    {
        var candidates = _fields.FindAll(f => f.Entry == entry);
        var value = candidates.Exists(f => f.Name == name) ? candidates.Find(f => f.Name == name).Value : candidates.LastOrDefault().Value;
        if (candidates.Count == 0 && _fields.Exists(f => string.Equals(f.Name, name, StringComparison.OrdinalIgnoreCase)))
            return;
        _fields.RemoveAll(f => f.Entry == entry);
        _fields.Add((name, entry, value));
    }

    /// <summary>The object, with the fields in the order of the entries, and within an entry in the order of the record.</summary>
    public PSObject ToObject(SpellingOrder spellings)
    {
        var ordered = _fields.OrderBy(f => f.Entry).ToList();
        var names = spellings.NamesOf(ordered.ConvertAll(f => f.Name));
        var made = EmptyObjects.WithRoomFor(ordered.Count);
        for (var i = 0; i < names.Length; i++)
            _next.AddTo(made.Properties, names[i], ordered[i].Value);
        return made;
    }
}
