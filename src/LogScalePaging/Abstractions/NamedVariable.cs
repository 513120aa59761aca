using System.Collections;
using System.Management.Automation;
using LogScalePaging.Common;

namespace LogScalePaging.Commands;

/// <summary>
/// A variable of the caller that gets a value, as with the common parameters: <c>name</c> sets it, <c>+name</c> appends to it.
/// </summary>
internal static class NamedVariable
{
    private const string Append = "+";

    /// <summary>Sets or extends the variable.</summary>
    /// <param name="state">The session state of the caller.</param>
    /// <param name="name">The name that the user gave; null for no variable.</param>
    /// <param name="value">The value.</param>
    /// <param name="appends">Append in any case.</param>
    public static void Keep(SessionState state, string? name, object value, bool appends = false)
    {
        if (name is null)
            return;
        var hasSign = name.StartsWith(Append, StringComparison.Ordinal);
        if (!hasSign && !appends)
        {
            state.PSVariable.Set(name, value);
            return;
        }
        var variable = hasSign ? name.Substring(Append.Length) : name;
        var old = state.PSVariable.GetValue(variable);
        // A new list, because the old one may belong to a variable of an outer scope.
        var values = new ArrayList();
        if ((old is PSObject wrapped ? wrapped.BaseObject : old) is IList several)
            values.AddRange(several);
        else if (old is not null)
            values.Add(old);
        values.Add(value);
        state.PSVariable.Set(variable, values);
    }

    /// <summary>Makes sure that a name is one.</summary>
    /// <exception cref="ArgumentException">It is only a plus sign, or the value of a variable instead of its name.</exception>
    public static void EnsureValid(string? name, string parameter)
    {
        if (name == Append)
            throw new ArgumentException($"-{parameter} needs the name of a variable after the +.");
        // -SummaryVariable $sv passes the value of $sv, which is the text of an earlier summary. The new one would be lost.
        if (name is not null && name.Any(c => c == '$' || char.IsWhiteSpace(c)))
            throw new ArgumentException(
                $"'{Printable.Line(name)}' is not the name of a variable. Write the name without $, for example -{parameter} summary.");
    }
}
