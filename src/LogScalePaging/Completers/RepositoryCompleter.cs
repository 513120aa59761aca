using System.Collections;
using LogScalePaging.LogScale;

namespace LogScalePaging;

/// <summary>Repositories named in this session and, for NG-SIEM, the known views.</summary>
public sealed class RepositoryCompleter : CachedCompleter
{
    private static readonly string[] s_ofFalcon = ["ClientId", "ClientSecret", "Credential", "Cloud", "MemberCid"];

    private protected override IEnumerable<(string Text, string Tip)> Candidates(Session session, string command, IDictionary bound)
    {
        var known = IsFalcon(session, command, bound) ? FalconConnectionSettings.KnownRepositories : [];
        return [.. known.Select(r => (r, "a view of NG-SIEM")), .. session.Repositories.Except(known, StringComparer.OrdinalIgnoreCase).Select(r => (r, "a repository used in this session"))];
    }

    private static bool IsFalcon(Session session, string command, IDictionary bound)
    {
        if (command.StartsWith("Connect-", StringComparison.OrdinalIgnoreCase))
        {
            return command.EndsWith("Falcon", StringComparison.OrdinalIgnoreCase) || s_ofFalcon.Any(bound.Contains)
                || (!bound.Contains("BaseUrl") && !bound.Contains("Token") && FalconConnectionSettings.IsMeant(Environment.GetEnvironmentVariable));
        }
        return session.Default is { } connection ? connection.IsGateway : FalconConnectionSettings.IsMeant(Environment.GetEnvironmentVariable);
    }
}
