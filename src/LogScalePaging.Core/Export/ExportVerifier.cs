namespace LogScalePaging.Export;

/// <summary>Checks an output against its manifest.</summary>
public static class ExportVerifier
{
    /// <summary>Checks every file of an output.</summary>
    /// <param name="path">The output, one of its files, or its manifest.</param>
    /// <param name="progress">Told how many events are checked.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static VerificationResult Verify(string path, IProgress<long>? progress, CancellationToken cancellationToken) => throw new NotImplementedException();
}
