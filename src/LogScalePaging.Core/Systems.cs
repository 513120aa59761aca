using LogScalePaging.Axiom;
using LogScalePaging.Common;
using LogScalePaging.Falcon.Rest.Endpoints;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Search;
using LogScalePaging.Tanium;

namespace LogScalePaging;

/// <summary>
/// The systems that can be searched. A new system adds one line here. Only this file and <see cref="NgSiem"/> see several systems.
/// </summary>
internal static class Systems
{
    private static readonly Dictionary<string, (string Name, Func<SavedSearch, SearchRequest> Restore)> s_systems = new()
    {
        [SearchSpec.SystemName] = (SearchSpec.SystemName, SearchSpec.Restore),
        [AxiomRequest.SystemName] = (AxiomRequest.SystemName, AxiomRequest.Restore),
        // The name in older manifests for a LogScale search through the Falcon gateway.
        [NgSiem.Name] = (SearchSpec.SystemName, SearchSpec.Restore),
        [FalconRequest.SystemName] = (FalconRequest.SystemName, FalconRequest.Restore),
        [TaniumRequest.SystemName] = (TaniumRequest.SystemName, TaniumRequest.Restore),
    };

    /// <summary>The current name of a system, as connections and requests have it.</summary>
    /// <param name="name">The name in a checkpoint or manifest, which may be from an older version.</param>
    /// <exception cref="FormatException">The system is not known.</exception>
    public static string Current(string name) => Find(name).Name;

    /// <summary>Whether a name in a checkpoint or manifest is that of a system which this version knows.</summary>
    public static bool IsKnown(string name) => s_systems.ContainsKey(name);

    /// <summary>The request in a checkpoint or manifest.</summary>
    /// <param name="saved">The saved search.</param>
    /// <exception cref="FormatException">The system is not known, or its settings cannot be read.</exception>
    public static SearchRequest Restore(SavedSearch saved) => Find(saved.Identity.System).Restore(saved);

    private static (string Name, Func<SavedSearch, SearchRequest> Restore) Find(string name) => s_systems.TryGetValue(name, out var system)
        ? system
        : throw new FormatException($"The system '{Printable.Line(name)}' is not known to this version.");
}
