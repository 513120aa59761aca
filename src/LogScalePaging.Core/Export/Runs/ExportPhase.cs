namespace LogScalePaging.Export.Runs;

/// <summary>What an export is doing.</summary>
public enum ExportPhase
{
    /// <summary>Events are being fetched.</summary>
    Fetching,
    /// <summary>The result is being counted once more.</summary>
    Verifying,
    /// <summary>The parts are being put together.</summary>
    Assembling,
}
