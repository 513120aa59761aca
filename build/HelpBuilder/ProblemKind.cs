namespace LogScalePaging.HelpBuilder;

/// <summary>Kinds of <see cref="Problem"/>. The number is that of the code: HELP001.</summary>
internal enum ProblemKind
{
    /// <summary>The page does not have the layout of a help page.</summary>
    Layout = 1,

    /// <summary>Page and cmdlet differ in what is written by hand.</summary>
    Mismatch = 2,

    /// <summary>The generated part of the page differs from the cmdlet.</summary>
    OutOfDate = 3,

    /// <summary>A text is still to be written.</summary>
    Placeholder = 4,
}
