using LogScalePaging.Diagnostics;
using LogScalePaging.Search;
using LogScalePaging.Search.Progress;

namespace LogScalePaging.Tenants;

/// <summary>A connection whose searches check every record before they pass it on.</summary>
/// <param name="inner">The connection; disposed with this one.</param>
/// <param name="guard">Checks a record.</param>
internal sealed class GuardedConnection(SearchConnection inner, RecordGuard guard) : SearchConnection(inner.Transport)
{
    /// <inheritdoc/>
    public override string System => inner.System;

    /// <inheritdoc/>
    public override string? Tenant => inner.Tenant;

    /// <inheritdoc/>
    internal override bool ForbiddenMeansKnownToken => inner.ForbiddenMeansKnownToken;

    /// <inheritdoc/>
    public override SearchRequest Restore(SavedSearch saved) => inner.Restore(saved);

    /// <inheritdoc/>
    public override ISearch Open(SearchRequest request, SignalLog signals, Action<SearchProgress>? progress = null) =>
        new GuardedSearch(inner.Open(request, signals, progress), guard);

    /// <inheritdoc/>
    public override StepTraits StepsOf(SearchRequest request) => inner.StepsOf(request);

    /// <inheritdoc/>
    internal override Task<DateTimeOffset> NowAsync(SearchRequest request, SignalLog signals, CancellationToken cancellationToken) =>
        inner.NowAsync(request, signals, cancellationToken);

    // These records are not part of the result.
    internal override IArrivalSource? Arrivals(SearchRequest request, SignalLog signals) => inner.Arrivals(request, signals);

    /// <inheritdoc/>
    public override Task FindHomeAsync(SignalLog signals, CancellationToken cancellationToken) =>
        inner.FindHomeAsync(signals, cancellationToken);

    /// <inheritdoc/>
    public override Task<bool> DisconnectAsync() => inner.DisconnectAsync();

    /// <inheritdoc/>
    internal override Task<bool> ProbeAsync(string? repository, SignalLog signals, CancellationToken cancellationToken) =>
        inner.ProbeAsync(repository, signals, cancellationToken);
}
