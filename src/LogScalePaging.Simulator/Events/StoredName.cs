namespace LogScalePaging.Simulator.Events;

/// <summary>
/// Finds a field in the JSON of an event without parsing it. This is safe, because every quote inside a JSON string is escaped:
/// <c>"name":</c> without a backslash before it can only be a key.
/// </summary>
internal sealed class StoredName
{
    private readonly byte[] _key;

    public StoredName(string name)
    {
        Name = name;
        _key = new ByteWriter().AddString(name).Add((byte)':').ToArray();
    }

    public string Name { get; }

    public bool TryRead(ReadOnlySpan<byte> json, out FieldValue value)
    {
        var from = 0;
        while (true)
        {
            var at = json.Slice(from).IndexOf(_key);
            if (at < 0)
            {
                value = default;
                return false;
            }
            at += from;
            from = at + _key.Length;
            if (at == 0 || json[at - 1] != (byte)'\\')
            {
                value = FieldValue.At(json, from);
                return true;
            }
        }
    }
}
