using System.Collections;
using LogScalePaging.LogScale.Queries;

namespace LogScalePaging;

/// <summary>Repositories named in this session and, for NG-SIEM, the known views.</summary>
public sealed class RepositoryCompleter : CachedCompleter
{
    private protected override IEnumerable<(string Text, string Tip)> Candidates(Session session, string command, IDictionary bound)
    {
        var known = IsNgSiem(session, command) ? NgSiem.KnownRepositories : [];
        return
        [
            .. known.Select(r => (r, "a view of NG-SIEM")),
            .. session.Repositories.Except(known, StringComparer.OrdinalIgnoreCase).Select(r => (r, "a repository used in this session")),
        ];
    }

    private static bool IsNgSiem(Session session, string command)
    {
        if (command.StartsWith("Connect-", StringComparison.OrdinalIgnoreCase))
            return command.EndsWith("Falcon", StringComparison.OrdinalIgnoreCase);
        return session.Last(c => c.Search(SearchSpec.SystemName) is not null) is { } connection
            ? connection is FalconConnection
            : NgSiem.IsMeant(Environment.GetEnvironmentVariable);
    }
}
