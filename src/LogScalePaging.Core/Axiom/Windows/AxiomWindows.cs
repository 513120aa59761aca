using LogScalePaging.Axiom.Answers;
using LogScalePaging.Axiom.Strategies;
using LogScalePaging.Paging;
using LogScalePaging.Search;
using LogScalePaging.Search.Windows;

namespace LogScalePaging.Axiom.Windows;

/// <summary>Reads a large range in windows, several in parallel.</summary>
internal static class AxiomWindows
{
    /// <summary>Name of the strategy.</summary>
    public const string Strategy = "Window";

    // For fewer pages, reading them one after the other is faster than a histogram and windows.
    private const int FewestPages = 4;

    /// <summary>The windows of a walk.</summary>
    /// <param name="walk">The walk over the whole range.</param>
    /// <param name="client">Sends its requests.</param>
    /// <param name="options">Signals, clock and identity for the pagers.</param>
    /// <param name="parallel">Maximum number of parallel windows.</param>
    /// <param name="isAsked">True if the user requested windows; false if they were chosen for a large range.</param>
    public static WindowSource Of(AxiomWalk walk, AxiomClient client, PagerOptions options, int parallel, bool isAsked) => new()
    {
        Strategy = Strategy,
        PlanAsync = async token =>
        {
            var histogram = new AxiomHistogram(walk.Query, client, options.Signals);
            var bars = await histogram.ReadAsync(walk.Range, walk.PageSize, token).ConfigureAwait(false);
            var total = bars.Sum(b => b.Count);
            if (!isAsked && total < (long)FewestPages * walk.PageSize)
                return null;
            var windows = WindowPlanner.Plan(bars, walk.Range.Start, walk.Range.End, WindowPlanner.FillOf(walk.PageSize));
            var noun = windows.Count == 1 ? "window" : "windows";
            return new FetchPlan(Strategy, FormattableString.Invariant(
                $"{windows.Count:N0} {noun} of at most about {walk.PageSize:N0} events"))
            {
                Windows = windows,
                IsParallel = true,
            };
        },
        Fetcher = new AxiomWindowFetcher(walk, client, options, parallel),
        CountAsync = (range, token) => client.CountAsync(new AxiomQuery(walk.Query.With("count"), range.Start, range.End), token),
        Ahead = parallel,
    };
}
