namespace LogScalePaging.Simulator.Events;

/// <summary>Walks over the fields of an event's JSON.</summary>
internal ref struct EventFields(ReadOnlySpan<byte> json)
{
    private readonly ReadOnlySpan<byte> _json = json;
    private int _at = 1;

    /// <summary>The current field's name.</summary>
    public FieldValue Name { get; private set; }

    public FieldValue Value { get; private set; }

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
