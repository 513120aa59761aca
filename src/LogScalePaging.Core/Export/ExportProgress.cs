using LogScalePaging.Search;

namespace LogScalePaging.Export;

/// <summary>How far an export has come.</summary>
/// <param name="Phase">What it is doing.</param>
/// <param name="Search">How far the search is.</param>
/// <param name="Bytes">Bytes of events so far.</param>
/// <param name="Elapsed">Time since this run began.</param>
public sealed record ExportProgress(ExportPhase Phase, SearchProgress Search, long Bytes, TimeSpan Elapsed);
