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
    private static readonly HashSet<string> s_hidden = new(["psobject", "psbase", "psadapted", "psextended", "pstypenames"],
        StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, FieldGroup> _groups = new(StringComparer.OrdinalIgnoreCase);
    private readonly Utf8Table<FieldName> _names = new();

    [MethodImpl(HotPath.Method)]
    public FieldName Find(ReadOnlySpan<byte> raw)
    {
        if (_names.TryGet(raw, out var entry))
            return _names.Value(entry);
        var made = make(raw.ToArray(), Text(raw), GroupOf(Text(raw)));
        if (_names.Count < Remembered)
            _names.Add(made.Raw, made);
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
}
