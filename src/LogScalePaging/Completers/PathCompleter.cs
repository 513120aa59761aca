using System.Collections;
using System.ComponentModel;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace LogScalePaging;

/// <summary>Completes paths as PowerShell does, but offers only folders, and the files that a cmdlet can use.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class PathCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete,
        CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        // The tip of a file is its full path.
        var found = CompletionCompleters.CompleteFilename(wordToComplete ?? "").ToList();
        var fitting = found.Where(r => Fits(r.ToolTip, r.ResultType == CompletionResultType.ProviderContainer)).ToList();
        return [.. fitting, .. found.Where(r => r.ResultType == CompletionResultType.ProviderContainer).Except(fitting)];
    }

    private protected abstract bool Fits(string path, bool isFolder);
}
