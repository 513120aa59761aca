using System.Text.Json;
using LogScalePaging.Diagnostics;
using LogScalePaging.Export.Fields;
using LogScalePaging.Export.Files;
using LogScalePaging.Json;

namespace LogScalePaging.Export.Formats;

/// <summary>
/// An event with the fields that a filter with patterns keeps: in the order of its entries, then in the order of the event, each with its
/// name and value in the server's own bytes.
/// </summary>
internal sealed class PatternRow(FieldFilter filter) : IRowFormatter
{
    private readonly FieldNames _names = new([], grow: true);
    private readonly List<Column> _columns = [];
    private readonly List<Column> _row = [];
    private readonly RowBuffer _bytes = new();
    private long _current;
    private long _damaged;

    public IReadOnlyList<string> EmptyColumns => filter.WithoutValue([.. _columns.Where(c => c.IsFilled).Select(c => c.Name)]);

    public ReadOnlySpan<byte> Format(ReadOnlySpan<byte> utf8Event)
    {
        Read(utf8Event);
        _bytes.Clear();
        _bytes.Add((byte)'{');
        var any = false;
        for (var entry = 0; entry < filter.Entries.Count; entry++)
        {
            foreach (var column in _row)
            {
                if (column.Entry != entry)
                    continue;
                if (any)
                    _bytes.Add((byte)',');
                any = true;
                _bytes.Add((byte)'"');
                _bytes.Add(utf8Event.Slice(column.NameStart, column.NameLength));
                _bytes.Add("\":"u8);
                _bytes.Add(utf8Event.Slice(column.ValueStart, column.ValueLength));
            }
        }
        _bytes.Add((byte)'}');
        return _bytes.Written;
    }

    public void Report(SignalLog signals) => FormatWarnings.Damaged(_damaged, signals);

    private void Read(ReadOnlySpan<byte> json)
    {
        _current++;
        _row.Clear();
        var fields = new EventFields(json);
        try
        {
            for (var position = 0; fields.MoveNext(); position++)
            {
                var column = ColumnOf(_names.Find(position, fields.Name));
                if (column.Entry < 0)
                    continue;
                // The last value of a repeated name is used, as in most JSON readers.
                if (column.Row != _current)
                    _row.Add(column);
                column.Row = _current;
                (column.NameStart, column.NameLength) = (fields.NameStart, fields.Name.Length);
                (column.ValueStart, column.ValueLength) = (fields.ValueStart, fields.Value.Length);
                column.IsFilled |= !fields.Value.SequenceEqual("\"\""u8);
            }
        }
        catch (JsonException)
        {
            // A damaged event is still a row, with the fields that could be read.
            _damaged++;
        }
    }

    private Column ColumnOf(int number)
    {
        // A name gets its number when it is seen first.
        while (_columns.Count <= number)
            _columns.Add(new Column(_names.Names[_columns.Count], filter.EntryOf(_names.Names[_columns.Count])));
        return _columns[number];
    }

    private sealed class Column(string name, int entry)
    {
        public string Name { get; } = name;

        public int Entry { get; } = entry;

        public long Row { get; set; }

        public int NameStart { get; set; }

        public int NameLength { get; set; }

        public int ValueStart { get; set; }

        public int ValueLength { get; set; }

        public bool IsFilled { get; set; }
    }
}
