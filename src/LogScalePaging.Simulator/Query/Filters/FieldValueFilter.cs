using LogScalePaging.Simulator.Events;
using LogScalePaging.Simulator.Query.RowSets;

namespace LogScalePaging.Simulator.Query.Filters;

/// <summary>A test of one field. An event without the field does not match.</summary>
internal sealed class FieldValueFilter(string field, ValueTest test) : Filter
{
    private readonly StoredName _field = new(field);

    public override bool Matches(in Row row) => _field.TryRead(row.Json, out var value) && test.Passes(value);
}
