using System.Collections;

namespace LogScalePaging;

/// <summary>Fields seen in the results of this session.</summary>
public sealed class FieldCompleter : CachedCompleter
{
    private protected override IEnumerable<(string Text, string Tip)> Candidates(Session session, string command, IDictionary bound) =>
        session.Fields.Names.Select(n => (n, "a field seen in this session's results"));
}
