using LogScalePaging.Axiom;
using LogScalePaging.Falcon.Rest;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Search;

namespace LogScalePaging;

/// <summary>The systems that can be searched. A new system adds one line here, and this is the only file that sees all of them.</summary>
public static class Systems
{
    private static readonly Dictionary<string, Func<SavedSearch, SearchRequest>> s_requests = new(StringComparer.Ordinal)
    {
        [SearchSpec.SystemName] = SearchSpec.Restore,
        [AxiomRequest.SystemName] = AxiomRequest.Restore,
        // What older manifests call a LogScale search through the gateway of Falcon.
        ["NG-SIEM"] = SearchSpec.Restore,
        [FalconRequest.SystemName] = FalconRequest.Restore,
    };

    /// <summary>The request that a checkpoint or a manifest keeps.</summary>
    /// <param name="saved">What it keeps.</param>
    /// <exception cref="FormatException">The system is not known, or its settings cannot be read.</exception>
    public static SearchRequest Restore(SavedSearch saved) => s_requests.TryGetValue(saved.Identity.System, out var restore)
        ? restore(saved)
        : throw new FormatException($"The system '{Common.Printable.Line(saved.Identity.System)}' is not known to this version.");
}
