namespace LogScalePaging.Transport.Limits;

/// <summary>
/// A number of requests for every minute. A second's worth may start at once, and the others are spread evenly, so that no minute has more.
/// Not safe for threads: the governor calls it under its lock.
/// </summary>
internal sealed class RequestBudget : IDisposable
{
    private const int SecondsPerMinute = 60;

    private readonly TimeSpan _space;
    private readonly TimeSpan _burst;
    private readonly Action<RequestBudget> _ended;
    private readonly int _requests;
    private RequestBudget? _outer;
    private TimeSpan _next;

    /// <param name="requests">Requests a minute, at least 1.</param>
    /// <param name="outer">The limit of a run that is still going on; null for none.</param>
    /// <param name="ended">Called when the run ends.</param>
    public RequestBudget(int requests, RequestBudget? outer, Action<RequestBudget> ended)
    {
        if (requests < 1)
            throw new ArgumentOutOfRangeException(nameof(requests), requests, "At least one request a minute must be allowed.");
        (_requests, _outer, _ended) = (requests, outer, ended);
        var atOnce = Math.Max(1, requests / SecondsPerMinute);
        // The requests at once are part of the number, so the others have the rest of it.
        _space = TimeSpan.FromTicks((TimeSpan.FromMinutes(1).Ticks / Math.Max(1, requests - atOnce + 1)) + 1);
        _burst = TimeSpan.FromTicks(_space.Ticks * (atOnce - 1));
    }

    /// <summary>Takes a request from the limits, unless one of them is used up.</summary>
    /// <param name="now">The time.</param>
    /// <returns>The time until the next try; zero if the request may start.</returns>
    public TimeSpan Take(TimeSpan now)
    {
        for (var budget = this; budget is not null; budget = budget._outer)
        {
            if (budget._next - budget._burst > now)
                return budget._next - budget._burst - now;
        }
        for (var budget = this; budget is not null; budget = budget._outer)
            budget._next = (budget._next > now ? budget._next : now) + budget._space;
        return TimeSpan.Zero;
    }

    /// <summary>The limits without one of them.</summary>
    public static RequestBudget? Without(RequestBudget? budgets, RequestBudget ended)
    {
        if (budgets is null || ReferenceEquals(budgets, ended))
            return budgets?._outer;
        budgets._outer = Without(budgets._outer, ended);
        return budgets;
    }

    /// <inheritdoc/>
    public void Dispose() => _ended(this);

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{_requests:N0} requests a minute");
}
