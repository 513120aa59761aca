namespace LogScalePaging.Cli.Output;

/// <summary>How progress is shown.</summary>
internal enum ProgressStyle
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>As one line that changes in place.</summary>
    InPlace,

    /// <summary>As a new line from time to time.</summary>
    Plain,
}
