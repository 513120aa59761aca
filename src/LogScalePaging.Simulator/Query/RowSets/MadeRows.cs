namespace LogScalePaging.Simulator.Query.RowSets;

/// <summary>Rows that a query has computed.</summary>
internal sealed class MadeRows(IReadOnlyList<byte[]> rows) : Rows
{
    public override int Count => rows.Count;

    public override ReadOnlySpan<byte> Json(int row) => rows[row];
}
