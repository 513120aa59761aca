namespace LogScalePaging;

/// <summary>Repositories named in this session.</summary>
public sealed class RepositoryCompleter : CachedCompleter
{
    private protected override IEnumerable<(string Text, string Tip)> Candidates(Session session) =>
        session.Repositories.Select(r => (r, "a repository used in this session"));
}
