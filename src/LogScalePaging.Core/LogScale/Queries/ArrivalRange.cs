namespace LogScalePaging.LogScale.Queries;

/// <summary>A range of ingest times, which a query job can have beside its range of event times.</summary>
/// <param name="Start">Its start in epoch milliseconds.</param>
/// <param name="End">Its end, exclusive.</param>
internal sealed record ArrivalRange(long Start, long End);
