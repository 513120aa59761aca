using LogScalePaging.Simulator.Events;
using LogScalePaging.Simulator.Query.RowSets;

namespace LogScalePaging.Simulator.Query.Filters;

/// <summary><c>#event_simpleName=X</c>: compares a number in the index.</summary>
internal sealed class TagFilter(string value, TagCodes tags) : Filter
{
    private readonly int _code = tags.Of(value);
    private readonly byte[] _value = Utf8.Bytes(value);

    public override bool Matches(in Row row)
        => row.Tag >= 0
            ? row.Tag == _code
            : KnownFields.EventName.TryRead(row.Json, out var read) && read.Is(_value);
}
