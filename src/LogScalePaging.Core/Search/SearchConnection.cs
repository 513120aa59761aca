using LogScalePaging.Diagnostics;
using LogScalePaging.Transport;

namespace LogScalePaging.Search;

/// <summary>A connection that can be searched.</summary>
/// <param name="transport">The transport; disposed with the connection.</param>
public abstract class SearchConnection(ApiTransport transport) : ServiceConnection(transport)
{
    /// <summary>The search of a checkpoint or a manifest of this connection's system.</summary>
    /// <exception cref="FormatException">Its settings are not valid.</exception>
    public abstract SearchRequest Restore(SavedSearch saved);

    /// <summary>Prepares a search. Sends nothing.</summary>
    /// <param name="request">The request, of this connection's system.</param>
    /// <param name="signals">The log that receives signals; one for each run.</param>
    /// <param name="progress">Called for every page and every poll.</param>
    /// <exception cref="ArgumentException">The request is not valid here. The message says why.</exception>
    public abstract ISearch Open(SearchRequest request, SignalLog signals, Action<SearchProgress>? progress = null);
}
