using LogScalePaging.HelpBuilder.Cmdlets;
using LogScalePaging.HelpBuilder.Pages;

namespace LogScalePaging.HelpBuilder.Output;

/// <summary>Compares a page with its cmdlet.</summary>
internal static class PageCheck
{
    /// <summary>How the generated parts of all pages are written again.</summary>
    public const string UpdateCommand = "dotnet build src/LogScalePaging -t:UpdateHelp";

    /// <summary>What is wrong with a page whose layout is right.</summary>
    public static IEnumerable<Problem> Find(HelpPage page, CmdletModel cmdlet)
    {
        var problems = Parameters(page, cmdlet).Concat(Outputs(page, cmdlet)).ToList();
        if (problems.Count == 0 && OutOfDate(page, PageUpdater.Update(page, cmdlet)) is { } problem)
            problems.Add(problem);
        return problems.Concat(Placeholders(page));
    }

    private static IEnumerable<Problem> Parameters(HelpPage page, CmdletModel cmdlet)
    {
        foreach (var entry in page.Parameters.Where(e => cmdlet.Parameters.All(p => p.Name != e.Name)))
        {
            yield return Mismatch(page, entry.Lines.Start,
                $"{cmdlet.Name} has no parameter -{entry.Name}. Delete the entry, or correct its name.");
        }
        foreach (var twice in page.Parameters.GroupBy(e => e.Name).Where(g => g.Count() > 1))
            yield return Mismatch(page, twice.Last().Lines.Start, $"The parameter -{twice.Key} is there twice.");
        foreach (var parameter in cmdlet.Parameters.Where(p => page.Parameters.All(e => e.Name != p.Name)))
        {
            yield return Mismatch(page, page.ParameterLines.Start,
                $"The parameter -{parameter.Name} has no entry. To add it, run '{UpdateCommand}'.");
        }
    }

    private static IEnumerable<Problem> Outputs(HelpPage page, CmdletModel cmdlet)
    {
        // "None" is what platyPS writes for System.Void.
        string[] known = cmdlet.OutputTypes.Contains("System.Void") ? [.. cmdlet.OutputTypes, "None"] : [.. cmdlet.OutputTypes];
        return page.Outputs.Where(o => !known.Contains(o.Name)).Select(o => Mismatch(page, o.Line,
            $"{cmdlet.Name} does not emit {o.Name}. [OutputType] has {string.Join(", ", cmdlet.OutputTypes)}."));
    }

    private static Problem? OutOfDate(HelpPage page, IReadOnlyList<string> updated)
    {
        for (var i = 0; i < Math.Max(page.Lines.Count, updated.Count); i++)
        {
            var expected = updated.ElementAtOrDefault(i);
            if (page.Lines.ElementAtOrDefault(i) != expected)
            {
                return new Problem(page.File, i + 1, ProblemKind.OutOfDate,
                    $"The cmdlet gives '{expected}' here. To write the syntax and the yaml blocks again, run '{UpdateCommand}'.");
            }
        }
        return null;
    }

    private static IEnumerable<Problem> Placeholders(HelpPage page)
    {
        for (var i = 0; i < page.Lines.Count; i++)
        {
            if (page.Lines[i].Contains(Skeleton.Mark, StringComparison.Ordinal))
                yield return new Problem(page.File, i + 1, ProblemKind.Placeholder, "This text is still to be written.");
        }
    }

    private static Problem Mismatch(HelpPage page, int line, string message) => new(page.File, line + 1, ProblemKind.Mismatch, message);
}
