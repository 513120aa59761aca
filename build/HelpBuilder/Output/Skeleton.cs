using LogScalePaging.HelpBuilder.Cmdlets;
using LogScalePaging.HelpBuilder.Pages;

namespace LogScalePaging.HelpBuilder.Output;

/// <summary>The page of a new cmdlet, or the entry of a new parameter. It has <see cref="Mark"/> where text must be written.</summary>
internal static class Skeleton
{
    /// <summary>The beginning of a text that must still be written, as in platyPS.</summary>
    public const string Mark = "{{ Fill in";

    /// <summary>A page without the parts that <see cref="PageUpdater"/> writes.</summary>
    public static string Page(CmdletModel cmdlet)
    {
        var inputs = cmdlet.Parameters.Where(p => p.Uses.Any(u => u.Value.ByValue)).Select(p => p.FullTypeName).Distinct().ToList();
        return $$$"""
            ---
            external help file: {{{HelpPageReader.HelpFile}}}
            Module Name: LogScalePaging
            online version:
            schema: 2.0.0
            ---

            # {{{cmdlet.Name}}}

            ## SYNOPSIS

            {{{Mark}}} what it does, in one sentence }}

            ## SYNTAX

            ## DESCRIPTION

            {{{Mark}}} how it does that, and what a user must know }}

            ## EXAMPLES

            ### Example 1: {{{Mark}}} what it shows }}

            ```powershell
            {{{Mark}}} lines that run against the simulator }}
            ```

            {{{Mark}}} what they give }}

            ## PARAMETERS

            {{{Types("INPUTS", inputs)}}}{{{Types("OUTPUTS", cmdlet.OutputTypes)}}}## RELATED LINKS

            [about_LogScalePaging](../../module/en-US/about_LogScalePaging.help.txt)

            """;
    }

    /// <summary>The entry of a parameter.</summary>
    public static IEnumerable<string> Parameter(CmdletModel cmdlet, ParameterModel parameter) =>
        [$"### -{parameter.Name}", "", Text(parameter.Name), "", .. ParameterBlock.Of(cmdlet, parameter, null), ""];

    // These two are the same everywhere.
    private static string Text(string parameter) => parameter switch
    {
        "WhatIf" => "Say what would be done, and do nothing.",
        "Confirm" => "Ask before it is done.",
        _ => $"{Mark} what -{parameter} is for }}}}",
    };

    private static string Types(string heading, IReadOnlyList<string> types) => types.Count == 0
        ? ""
        : $"## {heading}\n\n" + string.Concat(types.Select(t => $"### {t}\n\n{Mark} what it is }}}}\n\n"));
}
