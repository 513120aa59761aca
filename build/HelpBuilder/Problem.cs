namespace LogScalePaging.HelpBuilder;

/// <summary>What is wrong with a page, in the form that MSBuild reads from the output of a program.</summary>
/// <param name="File">Path of the page.</param>
/// <param name="Line">Line in the file, from 1.</param>
/// <param name="Kind">Decides the code and the severity.</param>
/// <param name="Message">What is wrong, and what to do.</param>
internal sealed record Problem(string File, int Line, ProblemKind Kind, string Message)
{
    /// <summary>False for text that is still to be written: the cmdlet can be tried before its help is complete.</summary>
    public bool IsError => Kind != ProblemKind.Placeholder;

    /// <inheritdoc/>
    public override string ToString() => $"{File}({Line}): {(IsError ? "error" : "warning")} HELP{(int)Kind:000}: {Message}";
}
