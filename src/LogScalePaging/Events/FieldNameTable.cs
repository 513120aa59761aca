using System.Runtime.CompilerServices;
using LogScalePaging.Common;
using LogScalePaging.Json;
using LogScalePaging.Records;

namespace LogScalePaging.Events;

/// <summary>Finds a field's name by its bytes without allocating a string.</summary>
internal sealed class FieldNameTable(Func<byte[], string, FieldGroup, FieldName> make)
{
    // Names as written. A hostile source must not fill the memory with them.
    private const int Remembered = 50_000;
    private static readonly HashSet<string> s_hidden = new(["psobject", "psbase", "psadapted", "psextended", "pstypenames"], StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, FieldGroup> _groups = new(StringComparer.OrdinalIgnoreCase);
    private FieldName?[] _slots = new FieldName?[512];
    private int _count;

    [MethodImpl(HotPath.Method)]
    public FieldName Find(ReadOnlySpan<byte> raw)
    {
        var mask = _slots.Length - 1;
        var at = Utf8Hash.Slot(Utf8Hash.Of(raw), _slots.Length);
        for (; _slots[at] is { } name; at = (at + 1) & mask)
        {
            if (raw.SequenceEqual(name.Raw))
                return name;
        }
        var made = make(raw.ToArray(), Text(raw), GroupOf(Text(raw)));
        if (_count >= Remembered)
            return made;
        _slots[at] = made;
        if (++_count * 2 > _slots.Length)
            Grow();
        return made;
    }

    /// <summary>The group of a name.</summary>
    public FieldGroup GroupOf(string name)
    {
        if (_groups.TryGetValue(name, out var group))
            return group;
        group = new FieldGroup();
        if (_groups.Count < Remembered)
            _groups.Add(name, group);
        return group;
    }

    // PowerShell has no properties without a name, and hides reserved names.
    private static string Text(ReadOnlySpan<byte> raw)
    {
        var text = raw.IsEmpty ? "" : RecordText.Decode(raw);
        return text.Length == 0 || s_hidden.Contains(text) ? "_" + text : text;
    }

    private void Grow()
    {
        var slots = new FieldName?[_slots.Length * 2];
        foreach (var name in _slots)
        {
            if (name is null)
                continue;
            var at = Utf8Hash.Slot(Utf8Hash.Of(name.Raw), slots.Length);
            while (slots[at] is not null)
                at = (at + 1) & (slots.Length - 1);
            slots[at] = name;
        }
        _slots = slots;
    }
}
