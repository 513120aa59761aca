namespace LogScalePaging.HelpBuilder.Cmdlets;

/// <summary>What the help of a cmdlet takes from its class.</summary>
/// <param name="Verb">First part of the name.</param>
/// <param name="Noun">Second part of the name.</param>
/// <param name="Parameters">Parameters that users see, in the order in which PowerShell finds them.</param>
/// <param name="Sets">Parameter sets, the default one first.</param>
/// <param name="OutputTypes">Full names of the types that the cmdlet emits.</param>
internal sealed record CmdletModel(
    string Verb, string Noun, IReadOnlyList<ParameterModel> Parameters, IReadOnlyList<ParameterSet> Sets, IReadOnlyList<string> OutputTypes)
{
    /// <summary>The name users type.</summary>
    public string Name => $"{Verb}-{Noun}";

    /// <summary>
    /// The parameters of a set, in the order of <c>Get-Command -Syntax</c>: by position, then those that are required, then the others.
    /// </summary>
    public IEnumerable<(ParameterModel Parameter, ParameterUse Use)> ParametersOf(ParameterSet set) =>
        from parameter in Parameters
        let use = parameter.UseIn(set.Name)
        where use is not null
        orderby use.Position ?? int.MaxValue, use.IsRequired || use.Position is not null ? 0 : 1
        select (parameter, use);
}
