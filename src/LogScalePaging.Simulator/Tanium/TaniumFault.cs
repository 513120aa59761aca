namespace LogScalePaging.Simulator;

/// <summary>A fault of a page of Tanium.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Page">
/// The first page that is wrong, from 1, over all pages that the simulator served. Requests for one record are no pages.
/// </param>
/// <param name="Times">How many pages are wrong.</param>
public sealed record TaniumFault(TaniumFaultKind Kind, int Page, int Times = 1)
{
    /// <summary>The total of <see cref="TaniumFaultKind.Total"/>.</summary>
    public long Value { get; init; }

    /// <summary>Whether <see cref="Page"/> counts the requests for one record in place of the others.</summary>
    public bool OnCounts { get; init; }

    internal bool Hits(int page, bool isCount) => OnCounts == isCount && page >= Page && page - Page < Times;
}
