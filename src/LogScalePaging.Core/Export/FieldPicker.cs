namespace LogScalePaging.Export;

/// <summary>Finds the values of the wanted columns in an event. Of a repeated name the last value counts, as in most JSON readers.</summary>
internal sealed class FieldPicker(IReadOnlyList<string> columns)
{
    private readonly FieldNames _names = new(columns, grow: false);
    private readonly JsonSlice[] _values = new JsonSlice[columns.Count];
    // Which event a value belongs to: cheaper than clearing thousands of columns of which an event has forty.
    private readonly int[] _event = new int[columns.Count];
    private int _current;

    /// <summary>Events that were not whole objects.</summary>
    public long Damaged { get; private set; }

    public void Read(ReadOnlySpan<byte> json)
    {
        _current++;
        var fields = new JsonFields(json);
        for (var position = 0; fields.MoveNext(); position++)
        {
            var column = _names.Find(position, fields.Name.In(json));
            if (column < 0)
                continue;
            _values[column] = fields.Value;
            _event[column] = _current;
        }
        if (fields.IsDamaged)
            Damaged++;
    }

    public bool TryGet(int column, out JsonSlice value)
    {
        value = _values[column];
        return _event[column] == _current;
    }
}
