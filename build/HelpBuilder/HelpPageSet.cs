using LogScalePaging.HelpBuilder.Cmdlets;
using LogScalePaging.HelpBuilder.Output;
using LogScalePaging.HelpBuilder.Pages;

namespace LogScalePaging.HelpBuilder;

/// <summary>The pages of a folder, with the cmdlets that they are about.</summary>
/// <param name="folder">The folder.</param>
/// <param name="cmdlets">All cmdlets of the module.</param>
internal sealed class HelpPageSet(string folder, IReadOnlyDictionary<string, CmdletModel> cmdlets)
{
    /// <summary>The problems, in the order in which they were found.</summary>
    public List<Problem> Problems { get; } = [];

    /// <summary>Checks every page.</summary>
    /// <returns>The pages that can be read, with their cmdlets, by name.</returns>
    public IReadOnlyList<(HelpPage Page, CmdletModel Cmdlet)> Check()
    {
        var help = Read().ToList();
        foreach (var missing in cmdlets.Keys.Where(c => !File.Exists(FileOf(c))))
            Report(FileOf(missing), $"{missing} has no page. To make one, run '{PageCheck.UpdateCommand}'.");
        foreach (var (page, cmdlet) in help)
            Problems.AddRange(PageCheck.Find(page, cmdlet));
        return help;
    }

    /// <summary>
    /// Writes the generated parts of every page, and a page for each cmdlet that has none. Pages that cannot be read stay as they are.
    /// </summary>
    /// <returns>The files that were changed or made.</returns>
    public IReadOnlyList<string> Update()
    {
        var changed = new List<string>();
        foreach (var cmdlet in cmdlets.Values.Where(c => !File.Exists(FileOf(c.Name))))
        {
            File.WriteAllText(FileOf(cmdlet.Name), Skeleton.Page(cmdlet).ReplaceLineEndings("\n"));
            changed.Add(FileOf(cmdlet.Name));
        }
        foreach (var (page, cmdlet) in Read())
        {
            var lines = PageUpdater.Update(page, cmdlet);
            if (lines.SequenceEqual(page.Lines))
                continue;
            File.WriteAllText(page.File, string.Join('\n', lines));
            if (!changed.Contains(page.File))
                changed.Add(page.File);
        }
        Problems.Clear();
        Check();
        return changed;
    }

    private IEnumerable<(HelpPage Page, CmdletModel Cmdlet)> Read()
    {
        foreach (var file in Directory.GetFiles(folder, "*.md").Order(StringComparer.Ordinal))
        {
            if (!cmdlets.TryGetValue(Path.GetFileNameWithoutExtension(file), out var cmdlet))
                Report(file, "The module has no cmdlet of this name. Delete the page, or correct its name.");
            else if (HelpPageReader.Read(file, File.ReadAllText(file), Problems) is { } page)
                yield return (page, cmdlet);
        }
    }

    private void Report(string file, string message) => Problems.Add(new Problem(file, 1, ProblemKind.Mismatch, message));

    private string FileOf(string cmdlet) => Path.Combine(folder, cmdlet + ".md");
}
