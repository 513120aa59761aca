using LogScalePaging.Search.Progress;

namespace LogScalePaging.Export.Runs;

/// <summary>The progress of an export.</summary>
/// <param name="Phase">What it is doing.</param>
/// <param name="Search">The progress of the search.</param>
/// <param name="Bytes">Bytes of events so far.</param>
/// <param name="Elapsed">Time since this run began.</param>
public sealed record ExportProgress(ExportPhase Phase, SearchProgress Search, long Bytes, TimeSpan Elapsed);
