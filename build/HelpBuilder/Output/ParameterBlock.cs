using System.Globalization;
using LogScalePaging.HelpBuilder.Cmdlets;
using LogScalePaging.HelpBuilder.Pages;

namespace LogScalePaging.HelpBuilder.Output;

/// <summary>The yaml blocks of a parameter: one, or several where parameter sets take it in different ways.</summary>
internal static class ParameterBlock
{
    /// <summary>The lines of all blocks, an empty line between them.</summary>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <param name="parameter">One of its parameters.</param>
    /// <param name="defaultValue">The default value that the page states; null for a new entry.</param>
    public static IEnumerable<string> Of(CmdletModel cmdlet, ParameterModel parameter, string? defaultValue)
    {
        var groups = cmdlet.Sets.Where(s => parameter.UseIn(s.Name) is not null).GroupBy(s => parameter.UseIn(s.Name)!).ToList();
        foreach (var group in groups)
        {
            if (group != groups[0])
                yield return "";
            var sets = group.Count() == cmdlet.Sets.Count ? "(All)" : string.Join(", ", group.Select(s => s.Name));
            foreach (var line in Block(parameter, group.Key, sets, defaultValue ?? (parameter.IsSwitch ? "False" : "None")))
                yield return line;
        }
    }

    private static IEnumerable<string> Block(ParameterModel parameter, ParameterUse use, string sets, string defaultValue)
    {
        yield return "```yaml";
        yield return $"Type: {parameter.TypeName}";
        yield return $"Parameter Sets: {sets}";
        yield return $"Aliases: {string.Join(", ", parameter.Aliases)}".TrimEnd();
        if (parameter.AcceptedValues.Count > 0)
            yield return $"Accepted values: {string.Join(", ", parameter.AcceptedValues)}";
        yield return "";
        yield return $"Required: {use.IsRequired}";
        yield return $"Position: {use.Position?.ToString(CultureInfo.InvariantCulture) ?? "Named"}";
        yield return $"{ParameterEntry.DefaultKey}: {defaultValue}";
        yield return $"Accept pipeline input: {(use.Pipeline.Length == 0 ? "False" : $"True ({use.Pipeline})")}";
        yield return $"Accept wildcard characters: {parameter.AcceptsWildcards}";
        yield return "```";
    }
}
