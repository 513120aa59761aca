namespace LogScalePaging.HelpBuilder.Cmdlets;

/// <summary>A parameter of a cmdlet.</summary>
internal sealed class ParameterModel
{
    /// <summary>Name without the dash.</summary>
    public required string Name { get; init; }

    /// <summary>Name of the type without its namespace.</summary>
    public required string TypeName { get; init; }

    /// <summary>Name of the type with its namespace.</summary>
    public required string FullTypeName { get; init; }

    /// <summary>Whether the parameter takes several values.</summary>
    public bool IsArray { get; init; }

    /// <summary>Other names.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>The only values that are accepted; empty where there is no list.</summary>
    public IReadOnlyList<string> AcceptedValues { get; init; } = [];

    /// <summary>Whether values may have wildcard characters.</summary>
    public bool AcceptsWildcards { get; init; }

    /// <summary>How the parameter is given, by parameter set, in the order in which the class states it.</summary>
    public required IReadOnlyList<KeyValuePair<string, ParameterUse>> Uses { get; init; }

    /// <summary>Whether it is given without a value.</summary>
    public bool IsSwitch => FullTypeName == "System.Management.Automation.SwitchParameter";

    /// <summary>How the parameter is given in a set; null where the set does not have it.</summary>
    public ParameterUse? UseIn(string set) => Uses.FirstOrDefault(u => u.Key == set || u.Key == ParameterSet.All).Value;
}
