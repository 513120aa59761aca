using System.Text.Json;
using LogScalePaging.Json;

namespace LogScalePaging.Export.Fields;

/// <summary>The union of the fields of events, in the order of their first appearance.</summary>
internal sealed class ColumnCollector
{
    private readonly FieldNames _names = new([], grow: true);

    private bool _any;

    public void Add(ReadOnlySpan<byte> utf8Event)
    {
        _any = true;
        var fields = new EventFields(utf8Event);
        try
        {
            for (var position = 0; fields.MoveNext(); position++)
                _names.Find(position, fields.Name);
        }
        catch (JsonException)
        {
            // Named when its row is made.
        }
    }

    /// <summary>
    /// The columns. Import-Csv takes a header whose first cell begins with <c>#</c> for a comment and loses it, and LogScale's tags
    /// are named that way (<c>#repo</c>): the first other column goes to the front then.
    /// </summary>
    public IReadOnlyList<string> Columns()
    {
        var columns = _names.Names.ToList();
        // Events without any field are rows, too: one column without a name holds their places.
        if (columns.Count == 0 && _any)
            columns.Add("");
        var first = columns.FindIndex(c => !c.StartsWith("#", StringComparison.Ordinal));
        if (first > 0)
        {
            var name = columns[first];
            columns.RemoveAt(first);
            columns.Insert(0, name);
        }
        return columns;
    }
}
