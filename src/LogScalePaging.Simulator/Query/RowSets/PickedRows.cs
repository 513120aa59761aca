namespace LogScalePaging.Simulator.Query.RowSets;

/// <summary>Some rows of another result, in any order.</summary>
internal sealed class PickedRows(Rows inner, int[] order) : Rows
{
    public override int Count => order.Length;

    public override ReadOnlySpan<byte> Json(int row) => inner.Json(order[row]);

    public override int Position(int row) => inner.Position(order[row]);

    public override Row Filterable(int row) => inner.Filterable(order[row]);

    public override long? Timestamp(int row) => inner.Timestamp(order[row]);
}
