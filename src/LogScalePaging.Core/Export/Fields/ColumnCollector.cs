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
            // The name is decoded when a row needs it.
        }
    }

    /// <summary>
    /// The columns. Import-Csv reads a header whose first cell begins with <c>#</c> as a comment. LogScale's tags have such names
    /// (<c>#repo</c>), so the first other column is moved to the front.
    /// </summary>
    /// <param name="filter">
    /// Which of them to keep; null for all. The order of its names stays, also if the first begins with <c>#</c>.
    /// </param>
    public IReadOnlyList<string> Columns(FieldFilter? filter = null)
    {
        var columns = (filter?.Resolve(_names.Names) ?? _names.Names).ToList();
        // Events without fields are rows too. One column without a name keeps them.
        if (columns.Count == 0 && _any)
            columns.Add("");
        if (filter is not null && filter.Entries is not [{ IsWildcard: true }, ..])
            return columns;
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
