namespace LogScalePaging.Export.Slices;

/// <summary>The progress of a slice as a part of the progress of all slices.</summary>
/// <param name="progress">Receives the number of records of all slices.</param>
/// <param name="before">Records of the slices before it.</param>
internal sealed class LaterProgress(IProgress<long> progress, long before) : IProgress<long>
{
    public void Report(long value) => progress.Report(before + value);
}
