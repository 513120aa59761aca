using System.Collections;
using LogScalePaging.Falcon.Rest.Endpoints;

namespace LogScalePaging;

/// <summary>Completes the known time fields of an endpoint of Falcon's REST API.</summary>
public sealed class TimeFieldCompleter : CachedCompleter
{
    private protected override IEnumerable<(string Text, string Tip)> Candidates(Session session, string command, IDictionary bound) =>
        bound["Endpoint"]?.ToString() is { } endpoint
            ? FalconRequest.TimeFields(endpoint).Select(field => (field, $"time field of {endpoint}"))
            : [];
}
