using LogScalePaging.Simulator.Events;

namespace LogScalePaging.Simulator.Query;

/// <summary>A test of one field. An event without the field does not match.</summary>
internal sealed class FieldFilter(string field, ValueTest test) : Filter
{
    private readonly FieldName _field = new(field);

    public override bool Matches(in Row row) => _field.TryRead(row.Json, out FieldValue value) && test.Passes(value);
}
