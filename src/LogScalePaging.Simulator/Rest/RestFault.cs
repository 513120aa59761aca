namespace LogScalePaging.Simulator;

/// <summary>A fault of a page of Falcon's REST API.</summary>
/// <param name="Kind">The kind of fault.</param>
/// <param name="Page">
/// The first affected page, counted from 1 over all pages that the simulator served. Requests with <c>limit=1</c> are not pages.
/// </param>
/// <param name="Times">Number of affected pages.</param>
public sealed record RestFault(RestFaultKind Kind, int Page, int Times = 1)
{
    /// <summary>The total of <see cref="RestFaultKind.Total"/>.</summary>
    public long Value { get; init; }

    /// <summary>Whether <see cref="Page"/> counts only the requests with <c>limit=1</c>, instead of the others.</summary>
    public bool OnCounts { get; init; }

    internal bool Hits(int page, bool isCount) => OnCounts == isCount && page >= Page && page - Page < Times;
}
