namespace LogScalePaging.Export.Errors;

/// <summary>What went wrong with the files of an export.</summary>
public enum ExportErrorKind
{
    /// <summary>The output exists, and the user did not ask to replace it.</summary>
    OutputExists,
    /// <summary>A run that broke off can be resumed, and the user did not ask to start again.</summary>
    ResumableExists,
    /// <summary>There is no run to resume.</summary>
    NothingToResume,
    /// <summary>The folder of the output does not exist.</summary>
    FolderMissing,
    /// <summary>The system refuses to write there.</summary>
    NotWritable,
    /// <summary>Another process works on the same output.</summary>
    Locked,
    /// <summary>No space is left, or a quota is used up.</summary>
    DiskFull,
    /// <summary>A file differs from what was written.</summary>
    Damaged,
    /// <summary>A manifest exists but cannot be read.</summary>
    ManifestUnreadable,
    /// <summary>The path is not valid for an output.</summary>
    BadPath,
    /// <summary>Any other problem. The message has the system's message.</summary>
    Other,
    /// <summary>The watermark of a schedule is in the future.</summary>
    WatermarkInFuture,
}
