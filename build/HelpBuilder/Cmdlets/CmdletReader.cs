using System.Reflection;

namespace LogScalePaging.HelpBuilder.Cmdlets;

/// <summary>Reads the cmdlets of an assembly from its metadata. No code of the assembly runs, so PowerShell is not needed.</summary>
internal static class CmdletReader
{
    /// <summary>Reads an assembly.</summary>
    /// <param name="assembly">Path of the assembly.</param>
    /// <param name="references">Paths of all assemblies that it was compiled with.</param>
    /// <returns>Its cmdlets by name.</returns>
    public static IReadOnlyDictionary<string, CmdletModel> Read(string assembly, IEnumerable<string> references)
    {
        using var context = new MetadataLoadContext(new PathAssemblyResolver([assembly, .. references]));
        return context.LoadFromAssemblyPath(assembly).GetExportedTypes().Where(t => !t.IsAbstract).Select(ReadCmdlet).OfType<CmdletModel>()
            .OrderBy(c => c.Name, StringComparer.Ordinal).ToDictionary(c => c.Name, StringComparer.Ordinal);
    }

    private static CmdletModel? ReadCmdlet(Type type)
    {
        if (type.GetCustomAttributesData().FirstOrDefault(a => a.IsOf("CmdletAttribute")) is not { } cmdlet)
            return null;
        var parameters = type.GetProperties().Select(ParameterReader.Read).OfType<ParameterModel>().ToList();
        if (cmdlet.Named("SupportsShouldProcess", false))
            parameters.AddRange([ShouldProcess("WhatIf", "wi"), ShouldProcess("Confirm", "cf")]);
        return new CmdletModel(
            cmdlet.Argument<string>(0),
            cmdlet.Argument<string>(1),
            parameters,
            ReadSets(parameters, cmdlet.Named<string?>("DefaultParameterSetName", null)),
            [.. type.GetCustomAttributesData().Where(a => a.IsOf("OutputTypeAttribute")).SelectMany(ReadOutputs)]);
    }

    private static ParameterModel ShouldProcess(string name, string alias) => new()
    {
        Name = name,
        TypeName = "SwitchParameter",
        FullTypeName = "System.Management.Automation.SwitchParameter",
        Aliases = [alias],
        Uses = [new(ParameterSet.All, new ParameterUse(false, null, false, false))],
    };

    private static List<ParameterSet> ReadSets(List<ParameterModel> parameters, string? defaultName)
    {
        var names = parameters.SelectMany(p => p.Uses.Select(u => u.Key)).Where(s => s != ParameterSet.All);
        var sets = names.Prepend(defaultName).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        return sets.Count == 0 ? [new(ParameterSet.All, false)] : [.. sets.Select(s => new ParameterSet(s, s == defaultName))];
    }

    // [OutputType(typeof(A), typeof(B))] or [OutputType("A", "B")]
    private static IEnumerable<string> ReadOutputs(CustomAttributeData attribute) =>
        attribute.ArgumentsOf().Select(a => a is Type type ? TypeNames.Full(type) : (string)a!);
}
