using System.Collections;

namespace LogScalePaging;

/// <summary>Jobs that this session created and has not stopped.</summary>
public sealed class JobCompleter : CachedCompleter
{
    private protected override IEnumerable<(string Text, string Tip)> Candidates(Session session, string command, IDictionary bound) =>
        session.Jobs.Reverse().Select(j => (j.Id, j.Query is { Length: > 0 } query ? query : j.Id));
}
