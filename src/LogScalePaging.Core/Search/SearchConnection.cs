using LogScalePaging.Diagnostics;
using LogScalePaging.Search.Progress;
using LogScalePaging.Search.Windows;
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

    /// <summary>Prepares the cutting of a range into slices that separate runs export. Sends nothing.</summary>
    /// <param name="request">The request, of this connection's system.</param>
    /// <param name="signals">The log that receives signals.</param>
    /// <exception cref="ArgumentException">The request cannot be cut. The message says why.</exception>
    internal virtual ISliceSource Slices(SearchRequest request, SignalLog signals) => throw new ArgumentException(
        $"A search of {System} cannot be cut into slices, because it has no histogram by time. Export it in one run.", nameof(request));

    /// <summary>Whether a search can be read in steps of time. A system with ranges overrides this.</summary>
    /// <param name="request">The search, of this connection's system.</param>
    /// <exception cref="ArgumentException">The request is not valid. The message says why.</exception>
    public virtual StepTraits StepsOf(SearchRequest request) => new($"{System} has no time range");

    /// <summary>The time by the server's clock, or by this machine's if the server does not tell.</summary>
    /// <param name="request">The search.</param>
    /// <param name="signals">The log that receives signals.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="Paging.PagingException">The server did not answer.</exception>
    internal virtual Task<DateTimeOffset> NowAsync(SearchRequest request, SignalLog signals, CancellationToken cancellationToken) =>
        Task.FromResult(Transport.Time.GetUtcNow());

    /// <summary>Finds records by the time of their arrival; null if the system does not keep it.</summary>
    /// <param name="request">The search, of this connection's system.</param>
    /// <param name="signals">The log that receives signals.</param>
    internal virtual IArrivalSource? Arrivals(SearchRequest request, SignalLog signals) => null;

    /// <summary>False if the server also answers 403 to a token that it does not know.</summary>
    internal virtual bool ForbiddenMeansKnownToken => true;

    /// <summary>Makes sure that the server accepts the token and lets it search. Leaves nothing on the server.</summary>
    /// <param name="repository">Repository or data set; null for the default.</param>
    /// <param name="signals">The log that receives signals.</param>
    /// <param name="cancellationToken">Ends any wait at once.</param>
    /// <returns>True if a repository was searched; false if there is none to search.</returns>
    /// <exception cref="Transport.Errors.ApiException">The server does not accept it.</exception>
    internal virtual async Task<bool> ProbeAsync(string? repository, SignalLog signals, CancellationToken cancellationToken)
    {
        await FindHomeAsync(signals, cancellationToken).ConfigureAwait(false);
        return false;
    }
}
