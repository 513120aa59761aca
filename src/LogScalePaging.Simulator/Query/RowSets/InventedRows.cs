using LogScalePaging.Simulator.Events;

namespace LogScalePaging.Simulator.Query.RowSets;

/// <summary>A result followed by rows that are not in the store. They are made when they are sent, so that there can be many.</summary>
/// <param name="inner">The result.</param>
/// <param name="amount">Number of rows after it.</param>
/// <param name="first">Number of the first of them.</param>
/// <param name="time">Their time if the result has none, epoch milliseconds.</param>
internal sealed class InventedRows(Rows inner, int amount, long first, long time) : Rows
{
    private readonly long _time = (inner.Count > 0 ? inner.Timestamp(inner.Count - 1) : null) ?? time;

    public override int Count => (int)Math.Min(int.MaxValue, inner.Count + (long)amount);

    public override ReadOnlySpan<byte> Json(int row) => row < inner.Count ? inner.Json(row) : Utf8.Bytes(FormattableString.Invariant(
        $"{{\"@id\":\"invented{first + row - inner.Count}_0_7_0\",\"@timestamp\":{_time},\"@ingesttimestamp\":\"{_time}\",\"#event_simpleName\":\"ProcessRollup2\"}}"));

    public override int Position(int row) => row < inner.Count ? inner.Position(row) : -1;

    public override Row Filterable(int row) => row < inner.Count ? inner.Filterable(row) : new(Json(row));

    public override long? Timestamp(int row) => row < inner.Count ? inner.Timestamp(row) : _time;
}
