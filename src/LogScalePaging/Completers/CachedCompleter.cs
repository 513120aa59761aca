using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace LogScalePaging;

/// <summary>
/// Completes from values that this session knows. It never sends a request, because a key press must not wait for a network.
/// </summary>
public abstract class CachedCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete,
        CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var typed = (wordToComplete ?? "").Trim('\'', '"');
        foreach (var (text, tip) in Candidates(Session.Current, commandName ?? "", fakeBoundParameters ?? new Hashtable()))
        {
            if (Fits(text, typed))
                yield return new CompletionResult(Quoted(text), text, CompletionResultType.ParameterValue, tip);
        }
    }

    private protected virtual bool Fits(string text, string typed) => text.StartsWith(typed, StringComparison.OrdinalIgnoreCase);

    private protected abstract IEnumerable<(string Text, string Tip)> Candidates(Session session, string command, IDictionary bound);

    // Without quotes, @timestamp and #event_simpleName would be a splat and a comment.
    private static string Quoted(string text) =>
        text.Length > 0 && text.All(c => char.IsLetterOrDigit(c) || c is '_' or '-' or '.' or '/')
            ? text
            : "'" + text.Replace("'", "''") + "'";
}
