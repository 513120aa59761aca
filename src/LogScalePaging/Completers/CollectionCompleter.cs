using System.Collections;
using LogScalePaging.Tanium;

namespace LogScalePaging;

/// <summary>The fields of Tanium's API Gateway that are known to have records in pages.</summary>
public sealed class CollectionCompleter : CachedCompleter
{
    private protected override IEnumerable<(string Text, string Tip)> Candidates(Session session, string command, IDictionary bound) =>
        TaniumRequest.KnownFields.Select(field => (field, "a field of Tanium's API Gateway"));
}
