using System.Collections;
using LogScalePaging.Falcon.Rest.Endpoints;

namespace LogScalePaging;

/// <summary>The known endpoints of Falcon, with the kind of their records.</summary>
public sealed class EndpointCompleter : CachedCompleter
{
    private protected override IEnumerable<(string Text, string Tip)> Candidates(Session session, string command, IDictionary bound) =>
        FalconRequest.KnownEndpoints.Select(endpoint => (endpoint, FalconRequest.Describe(endpoint)));
}
