using LogScalePaging.Diagnostics;
using LogScalePaging.Tanium.Graph;

namespace LogScalePaging.Tanium.Answers;

/// <summary>
/// Which optional fields a collection has. Known collections are asked for what they have. Of the others everything is asked for, and what
/// the server refuses by name is left out. Thread safe.
/// </summary>
/// <param name="collection">Name of the collection.</param>
internal sealed class OfferedFields(string collection)
{
    private readonly object _gate = new();
    private HashSet<string> _withheld = new(KnownCollections.WithheldOf(collection), StringComparer.Ordinal);

    /// <summary>The optional fields that the collection does not have: a copy.</summary>
    public IReadOnlyCollection<string> Withheld
    {
        get
        {
            lock (_gate)
                return _withheld;
        }
    }

    /// <summary>Leaves out the fields that an error names.</summary>
    /// <param name="said">What the server said.</param>
    /// <param name="asked">The fields that were left out of the refused request.</param>
    /// <param name="signals">The log that receives a signal for it.</param>
    /// <returns>False if the error names no requested field. Another request would then fail in the same way.</returns>
    public bool Withhold(string? said, IReadOnlyCollection<string> asked, SignalLog signals)
    {
        var named = FieldSource.Optional.Where(name => !asked.Contains(name) && said is not null && IsNamed(said, name)).ToList();
        if (named.Count == 0)
            return false;
        lock (_gate)
            _withheld = new HashSet<string>([.. _withheld, .. named], StringComparer.Ordinal);
        signals.Verbose(SignalKind.StrategyChosen, $"{collection} does not have {string.Join(", ", named)}: pages are read without");
        return true;
    }

    // Every implementation of GraphQL quotes the name of a field that it does not know.
    private static bool IsNamed(string said, string name) =>
        new[] { '"', '\'', '`' }.Any(quote => said.Contains($"{quote}{name}{quote}"));
}
