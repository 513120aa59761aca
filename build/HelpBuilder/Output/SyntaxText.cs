using System.Text;
using LogScalePaging.HelpBuilder.Cmdlets;

namespace LogScalePaging.HelpBuilder.Output;

/// <summary>The SYNTAX section of a page, below its heading.</summary>
internal static class SyntaxText
{
    private const int Width = 110;

    /// <summary>The lines for all parameter sets, with an empty line before each block and after the last.</summary>
    public static IEnumerable<string> Of(CmdletModel cmdlet)
    {
        yield return "";
        foreach (var set in cmdlet.Sets)
        {
            if (set.Name != ParameterSet.All)
            {
                yield return $"### {set.Name}{(set.IsDefault ? " (Default)" : "")}";
                yield return "";
            }
            yield return "```";
            var items = cmdlet.ParametersOf(set).Select(p => Item(p.Parameter, p.Use));
            foreach (var line in Wrap([cmdlet.Name, .. items, "[<CommonParameters>]"]))
                yield return line;
            yield return "```";
            yield return "";
        }
    }

    private static string Item(ParameterModel parameter, ParameterUse use)
    {
        var name = use.Position is null ? $"-{parameter.Name}" : $"[-{parameter.Name}]";
        var item = parameter.IsSwitch ? name : $"{name} <{parameter.TypeName}>";
        return use.IsRequired ? item : $"[{item}]";
    }

    private static IEnumerable<string> Wrap(IEnumerable<string> items)
    {
        var line = new StringBuilder();
        foreach (var item in items)
        {
            if (line.Length + 1 + item.Length > Width)
            {
                yield return line.ToString();
                line.Clear();
            }
            line.Append(line.Length == 0 && item[0] is not ('[' or '-') ? "" : " ").Append(item);
        }
        yield return line.ToString();
    }
}
