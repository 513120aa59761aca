using LogScalePaging.Simulator.Events;

namespace LogScalePaging.Simulator.Query.RowSets;

/// <summary>Events as they are stored: a part of a match set, newest or oldest first.</summary>
internal sealed class StoredRows(EventIndex index, MatchSet matches, int first, int count, bool oldestFirst = false) : Rows
{
    public override int Count => count;

    public EventIndex Index => index;

    public override int Position(int row) => matches[oldestFirst ? first + count - 1 - row : first + row];

    public override ReadOnlySpan<byte> Json(int row) => index.Json(Position(row));

    public override Row Filterable(int row)
    {
        var position = Position(row);
        return new Row(index.Json(position), index[position].Tag);
    }

    public override long? Timestamp(int row) => index[Position(row)].Timestamp;

    public override Rows Slice(int from, int take)
    {
        from = Math.Min(from, count);
        take = Math.Min(take, count - from);
        return new StoredRows(index, matches, oldestFirst ? first + count - from - take : first + from, take, oldestFirst);
    }

    public override Rows Reversed() => new StoredRows(index, matches, first, count, !oldestFirst);
}
