using LogScalePaging.Simulator.Events;

namespace LogScalePaging.Simulator.Query.RowSets;

/// <summary>A result: rows of JSON in the order in which they are sent.</summary>
internal abstract class Rows
{
    public static Rows None { get; } = new MadeRows([]);

    public abstract int Count { get; }

    public abstract ReadOnlySpan<byte> Json(int row);

    /// <summary>The row's position among all events; -1 for a computed row.</summary>
    public virtual int Position(int row) => -1;

    public virtual Row Filterable(int row) => new(Json(row));

    public virtual long? Timestamp(int row)
        => KnownFields.Timestamp.TryRead(Json(row), out var value) && value.TryInteger(out var time) ? time : null;

    public virtual Rows Slice(int from, int count)
    {
        from = Math.Min(from, Count);
        count = Math.Min(count, Count - from);
        return from == 0 && count == Count ? this : new PickedRows(this, [.. Enumerable.Range(from, count)]);
    }

    public Rows Pick(int[] order) => new PickedRows(this, order);

    public virtual Rows Reversed() => Pick([.. Enumerable.Range(0, Count).Reverse()]);
}
