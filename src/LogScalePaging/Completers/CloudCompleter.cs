using System.Collections;
using LogScalePaging.Falcon;
using LogScalePaging.Falcon.SignIn;

namespace LogScalePaging;

/// <summary>The Falcon clouds.</summary>
public sealed class CloudCompleter : CachedCompleter
{
    private protected override IEnumerable<(string Text, string Tip)> Candidates(Session session, string command, IDictionary bound) =>
        [(FalconConnectionSettings.Autodiscover, "found at sign-in; not for the clouds of the US government"),
            .. FalconCloud.All.Select(c => (c.Name, c.Url.Host))];
}
