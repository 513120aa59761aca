namespace LogScalePaging.Simulator.Events;

/// <summary>Reads the fields of an event's JSON.</summary>
internal ref struct StoredFields(ReadOnlySpan<byte> json)
{
    private readonly ReadOnlySpan<byte> _json = json;
    private int _at = 1;

    /// <summary>The current field's name.</summary>
    public FieldValue Name { get; private set; }

    public FieldValue Value { get; private set; }

    /// <summary>The event with a field set to a JSON value. A new field is added at the end.</summary>
    public static byte[] With(ReadOnlySpan<byte> json, StoredName field, ReadOnlySpan<byte> value)
    {
        var made = new ByteWriter(json.Length + value.Length + 64);
        if (field.TryRead(json, out var old))
        {
            var start = old.End - old.Raw.Length - (old.IsString ? 2 : 0);
            return made.Add(json.Slice(0, start)).Add(value).Add(json.Slice(old.End)).ToArray();
        }
        made.Add(json.Slice(0, json.Length - 1));
        if (json.Length > 2)
            made.Add((byte)',');
        return made.AddString(field.Name).Add((byte)':').Add(value).Add((byte)'}').ToArray();
    }

    /// <summary>The event without a field.</summary>
    public static byte[] Without(ReadOnlySpan<byte> json, StoredName field)
    {
        var made = new ByteWriter(json.Length);
        made.Add((byte)'{');
        var fields = new StoredFields(json);
        while (fields.Next())
        {
            if (fields.Name.Text == field.Name)
                continue;
            if (made.Length > 1)
                made.Add((byte)',');
            var start = fields.Name.End - fields.Name.Raw.Length - 2;
            made.Add(json.Slice(start, fields.Value.End - start));
        }
        return made.Add((byte)'}').ToArray();
    }

    public bool Next()
    {
        if (_at >= _json.Length || _json[_at] == (byte)'}')
            return false;
        if (_json[_at] == (byte)',')
            _at++;
        Name = FieldValue.At(_json, _at);
        Value = FieldValue.At(_json, Name.End + 1);
        _at = Value.End;
        return true;
    }
}
