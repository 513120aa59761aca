namespace LogScalePaging.HelpBuilder.Cmdlets;

/// <summary>A parameter set of a cmdlet.</summary>
/// <param name="Name">Its name; <see cref="All"/> where the cmdlet names none.</param>
/// <param name="IsDefault">Whether the cmdlet names it as its default.</param>
internal sealed record ParameterSet(string Name, bool IsDefault)
{
    /// <summary>PowerShell's name for a parameter that belongs to every set.</summary>
    public const string All = "__AllParameterSets";
}
