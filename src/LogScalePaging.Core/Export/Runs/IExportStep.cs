using LogScalePaging.Export.Manifest;
using LogScalePaging.Export.State;
using LogScalePaging.Paging.Verdicts;

namespace LogScalePaging.Export.Runs;

/// <summary>What a schedule does around the publication of one of its outputs.</summary>
internal interface IExportStep
{
    /// <summary>Path of the watermark file.</summary>
    string WatermarkPath { get; }

    /// <summary>True if the output with this verdict is published; false if its events are discarded and fetched again later.</summary>
    bool Accepts(Completeness verdict);

    /// <summary>Called when the output is complete under temporary names, before it is published.</summary>
    /// <param name="state">The export.</param>
    /// <param name="finished">Its output.</param>
    /// <exception cref="Errors.ExportException">It must not be published now.</exception>
    void Prepare(ExportState state, FinishedExport finished);

    /// <summary>
    /// Called after the output has its final names, before anything is deleted from which the publication could be finished.
    /// </summary>
    void Commit();
}
