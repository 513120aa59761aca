using System.Collections;

namespace LogScalePaging;

/// <summary>Datasets of Axiom that were used in this session.</summary>
public sealed class DatasetCompleter : CachedCompleter
{
    private protected override IEnumerable<(string Text, string Tip)> Candidates(Session session, string command, IDictionary bound) =>
        session.Datasets.Names.Select(name => (name, "a dataset used in this session"));
}
