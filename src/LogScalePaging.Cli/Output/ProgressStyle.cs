namespace LogScalePaging.Cli.Output;

/// <summary>How progress is shown.</summary>
internal enum ProgressStyle
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>As one line that changes.</summary>
    InPlace,

    /// <summary>As a whole line now and then.</summary>
    Plain,
}
