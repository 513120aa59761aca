namespace LogScalePaging.HelpBuilder.Tests;

/// <summary>Values of a parameter, not in alphabetical order.</summary>
public enum SampleKind
{
    /// <summary>The first.</summary>
    Small,

    /// <summary>The second.</summary>
    Large,
}
