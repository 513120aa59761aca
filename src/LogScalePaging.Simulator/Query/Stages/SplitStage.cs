using System.Globalization;
using LogScalePaging.Simulator.Events;
using LogScalePaging.Simulator.Query.RowSets;

namespace LogScalePaging.Simulator.Query.Stages;

/// <summary>
/// <c>split(field)</c>: one row for each element <c>field[0]</c>, <c>field[1]</c>, … of an event, with its number in <c>_index</c> and
/// its value in <c>field</c> (members of an object in <c>field.member</c>). All other fields, even <c>@id</c>, are the same in each row.
/// An event without the array is not changed.
/// </summary>
internal sealed class SplitStage(string field) : Stage
{
    private readonly StoredName _index = new("_index");

    public override bool IsAggregate(SimulatorOptions options) => false;

    public override bool KeepsEvents => true;

    public override Rows Apply(Rows rows, StageContext context)
    {
        var made = new List<byte[]>();
        for (var i = 0; i < rows.Count; i++)
        {
            var elements = new SortedDictionary<int, List<(string Name, byte[] Value)>>();
            var rest = Read(rows.Json(i), elements);
            if (elements.Count == 0)
                made.Add(rows.Json(i).ToArray());
            foreach (var element in elements)
            {
                var row = StoredFields.With(rest, _index, Utf8.Bytes(FormattableString.Invariant($"\"{element.Key}\"")));
                foreach ((var name, var value) in element.Value)
                    row = StoredFields.With(row, new StoredName(name), value);
                made.Add(row);
            }
        }
        return new MadeRows(made);
    }

    /// <returns>The event without the array.</returns>
    private byte[] Read(ReadOnlySpan<byte> json, SortedDictionary<int, List<(string Name, byte[] Value)>> elements)
    {
        var rest = json.ToArray();
        var fields = new StoredFields(json);
        while (fields.Next())
        {
            var name = fields.Name.Text;
            var close = name.IndexOf(']');
            if (!name.StartsWith(field + "[", StringComparison.Ordinal) || close < 0)
                continue;
            var number = name.Substring(field.Length + 1, close - field.Length - 1);
            if (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var index))
                continue;
            if (!elements.TryGetValue(index, out var members))
                elements.Add(index, members = []);
            var length = fields.Value.Raw.Length + (fields.Value.IsString ? 2 : 0);
            members.Add((field + name.Substring(close + 1), json.Slice(fields.Value.End - length, length).ToArray()));
            rest = StoredFields.Without(rest, new StoredName(name));
        }
        return rest;
    }
}
