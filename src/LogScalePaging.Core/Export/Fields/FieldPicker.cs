using System.Text.Json;
using LogScalePaging.Json;

namespace LogScalePaging.Export.Fields;

/// <summary>
/// Finds the values of the requested columns in an event. The last value of a repeated name is used, as in most JSON readers.
/// </summary>
internal sealed class FieldPicker(IReadOnlyList<string> columns)
{
    private readonly FieldNames _names = new(columns, grow: false);
    private readonly (int Start, int Length)[] _values = new (int, int)[columns.Count];
    // The number of the event that a value belongs to. Comparing it is cheaper than clearing thousands of columns for an event with forty
    // fields.
    private readonly int[] _event = new int[columns.Count];
    private readonly bool[] _filled = new bool[columns.Count];
    private int _current;

    /// <summary>Events that were not complete objects.</summary>
    public long Damaged { get; private set; }

    /// <summary>Columns without a value in any event: missing everywhere, or empty text.</summary>
    public IReadOnlyList<string> Empty => [.. columns.Where((_, column) => !_filled[column])];

    public void Read(ReadOnlySpan<byte> json)
    {
        _current++;
        var fields = new EventFields(json);
        try
        {
            for (var position = 0; fields.MoveNext(); position++)
            {
                var column = _names.Find(position, fields.Name);
                if (column < 0)
                    continue;
                _values[column] = (fields.ValueStart, fields.Value.Length);
                _event[column] = _current;
                _filled[column] |= !fields.Value.SequenceEqual("\"\""u8);
            }
        }
        catch (JsonException)
        {
            // A damaged event is still a row, with the fields that could be read.
            Damaged++;
        }
    }

    /// <summary>The value of a column as it is written in the last event; false if it has none.</summary>
    public bool TryGet(int column, ReadOnlySpan<byte> json, out ReadOnlySpan<byte> value)
    {
        var found = _event[column] == _current;
        value = found ? json.Slice(_values[column].Start, _values[column].Length) : default;
        return found;
    }
}
