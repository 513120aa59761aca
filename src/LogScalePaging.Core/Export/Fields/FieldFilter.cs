namespace LogScalePaging.Export.Fields;

/// <summary>
/// Which fields to keep, and in which order, as <c>Select-Object</c> does: a field goes to the first entry that it matches, and what an
/// exclusion matches is left out.
/// </summary>
public sealed class FieldFilter
{
    private readonly StringComparison _names;
    private readonly NamePattern[] _include;
    private readonly NamePattern[] _exclude;

    private FieldFilter(IReadOnlyList<string>? include, IReadOnlyList<string>? exclude, StringComparison names)
    {
        _names = names;
        _exclude = [.. (exclude ?? []).Select(e => new NamePattern(e))];
        var wanted = (include ?? ["*"]).Select(i => new NamePattern(i)).GroupBy(i => i.Name, StringComparer.Ordinal).Select(g => g.First());
        // A name that is excluded is not a column without values.
        _include = [.. wanted.Where(i => i.IsWildcard || !IsExcluded(i.Name))];
    }

    /// <summary>What is kept, in order.</summary>
    public IReadOnlyList<NamePattern> Entries => _include;

    /// <summary>True if the names are known only from the records.</summary>
    public bool IsOpen => _include.Any(i => i.IsWildcard);

    /// <summary>The names, for a filter that is not open.</summary>
    public IReadOnlyList<string> Names => [.. _include.Select(i => i.Name)];

    /// <summary>The filter; null if all fields are kept as they are.</summary>
    /// <param name="include">Names and patterns; null for all.</param>
    /// <param name="exclude">Names and patterns to leave out; null for none.</param>
    /// <param name="names">How names without wildcards are compared. LogScale distinguishes case, PowerShell does not.</param>
    public static FieldFilter? Of(IReadOnlyList<string>? include, IReadOnlyList<string>? exclude,
        StringComparison names = StringComparison.Ordinal) =>
        include is null && exclude is not { Count: > 0 } ? null : new FieldFilter(include, exclude, names);

    /// <summary>Number of the entry that a field goes to; -1 if it is not kept.</summary>
    public int EntryOf(string name)
    {
        // The exact name comes first: Foo and foo may both be fields.
        var entry = Array.FindIndex(_include, i => !i.IsWildcard && i.Name == name);
        var first = Array.FindIndex(_include, i => i.Matches(name, _names));
        if (entry < 0 || (first >= 0 && first < entry && _include[first].IsWildcard))
            entry = first;
        return entry < 0 || IsExcluded(name) ? -1 : entry;
    }

    /// <summary>The columns for all names that the records have.</summary>
    /// <param name="seen">The names, in the order of their first appearance.</param>
    public IReadOnlyList<string> Resolve(IEnumerable<string> seen)
    {
        var names = seen.Select(name => (Name: name, Entry: EntryOf(name))).Where(n => n.Entry >= 0).ToLookup(n => n.Entry, n => n.Name);
        return [.. _include.SelectMany((entry, i) => entry.IsWildcard ? names[i] : [entry.Name]).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The entries that no record has a value for, as the user wrote them.</summary>
    /// <param name="filled">The names of fields with a value.</param>
    public IReadOnlyList<string> WithoutValue(IReadOnlyCollection<string> filled) =>
        [.. _include.Where(i => !filled.Any(name => i.Matches(name, _names))).Select(i => i.Written)];

    private bool IsExcluded(string name) => Array.Exists(_exclude, e => e.Matches(name, _names));
}
