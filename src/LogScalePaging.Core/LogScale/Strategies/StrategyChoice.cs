using LogScalePaging.LogScale.Cql;
using LogScalePaging.LogScale.Jobs;
using LogScalePaging.LogScale.Queries;

namespace LogScalePaging.LogScale.Strategies;

/// <summary>Chooses a strategy from the query and the first answer.</summary>
internal static class StrategyChoice
{
    // For fewer events, a few pages are faster than a histogram.
    private const long SmallResult = 1_000;

    /// <summary>
    /// The strategies in the order in which to try them, each with its reason. A later one replaces one that does not work.
    /// </summary>
    /// <param name="spec">The search.</param>
    /// <param name="traits">The traits of its query.</param>
    /// <param name="first">The first answer.</param>
    /// <param name="expected">Events in the range, if known.</param>
    /// <param name="toFile">True if the events go to a file.</param>
    /// <param name="isDirect">True if the server is LogScale itself, which can stream.</param>
    public static IReadOnlyList<(SearchStrategy Strategy, string Reason)> Of(SearchSpec spec, QueryTraits traits, QueryResult first,
        long? expected, bool toFile, bool isDirect)
    {
        if (first.Metadata.IsAggregate)
            return [(SearchStrategy.Single, "one answer holds the whole result of an aggregate query")];
        if (first.Metadata.HasMoreEvents != true)
            return [(SearchStrategy.Single, "the result fits into one answer")];
        // Around continues by @timestamp and @id. If the query writes the time, they are not those of the stored event.
        var mayWalk = !traits.WritesTimestamp;
        if (spec.Strategy == SearchStrategy.Around && mayWalk)
            return [(SearchStrategy.Around, "requested")];
        var whyNot = WhyNotCut(traits, first, out var mayForce);
        var mayStream = toFile && isDirect && spec.Strategy != SearchStrategy.Window;
        if (spec.Strategy == SearchStrategy.Stream && toFile)
        {
            var reason = whyNot is null ? "requested" : $"requested, but {CannotCut(whyNot)}";
            return Order(reason, SearchStrategy.Stream, whyNot is null ? SearchStrategy.Window : SearchStrategy.OneJob, Walk(mayWalk));
        }
        if (spec.Strategy == SearchStrategy.Window && (whyNot is null || mayForce))
        {
            var reason = whyNot is null ? $"requested{Noted(traits)}" : $"requested, although {whyNot}";
            return Order(reason, SearchStrategy.Window, mayWalk ? null : SearchStrategy.OneJob, Walk(mayWalk));
        }
        if (whyNot is not null)
            return Order(CannotCut(whyNot), SearchStrategy.OneJob, mayStream ? SearchStrategy.Stream : null, Walk(mayWalk));
        if (!mayWalk)
        {
            const string WritesTime = "the query writes @timestamp, so its events cannot be read page by page";
            return Order(WritesTime, SearchStrategy.OneJob, mayStream ? SearchStrategy.Stream : null, SearchStrategy.Window);
        }
        if (spec.Strategy == SearchStrategy.Stream)
        {
            const string OnlyFiles = "a stream is used only for files, because it can be verified only after all events were received";
            return Order(OnlyFiles + Noted(traits), SearchStrategy.Window, Walk(mayWalk));
        }
        if (Math.Min(expected ?? long.MaxValue, spec.MaxEvents ?? long.MaxValue) > SmallResult)
            return Order($"many matches, and the query can be cut by time{Noted(traits)}", SearchStrategy.Window, Walk(mayWalk));
        if (traits.MultipliesRows)
            return Order("one event gives several rows, and a page could end between two of them", SearchStrategy.OneJob,
                SearchStrategy.Window, Walk(mayWalk));
        return first.Events.All(e => e.HasId)
            ? [(SearchStrategy.Around, "more matches than fit into one answer, and few enough to read page by page")]
            : Order("its rows have no @id, so they cannot be read page by page", SearchStrategy.OneJob, SearchStrategy.Window,
                Walk(mayWalk));
    }

    /// <summary>Why a result may be wrong although the counts agree, according to its strategy.</summary>
    /// <param name="strategy">The name of the strategy.</param>
    /// <param name="traits">The traits of the query.</param>
    public static IReadOnlyList<string> Doubts(string? strategy, QueryTraits traits)
    {
        var doubts = new List<string>();
        if (strategy == nameof(SearchStrategy.Window) && !traits.Cutting.Allowed)
            doubts.Add($"the range was cut into windows although {traits.Cutting.Reason}");
        else if (strategy == nameof(SearchStrategy.Around) && traits.OneEvaluation is { } reason)
            doubts.Add($"{reason}, and the result comes from several jobs, which each evaluate the query again");
        return doubts;
    }

    private static List<(SearchStrategy Strategy, string Reason)> Order(string reason, params SearchStrategy?[] strategies) =>
        [.. strategies.OfType<SearchStrategy>().Select(strategy => (strategy, reason))];

    private static SearchStrategy? Walk(bool mayWalk) => mayWalk ? SearchStrategy.Around : null;

    private static string CannotCut(string why) => $"the range cannot be cut into windows: {why}";

    // Data from outside can change between two windows.
    private static string Noted(QueryTraits traits) => traits.Externals.Count == 0 ? "" : $" ({traits.Cutting.Reason})";

    private static string? WhyNotCut(QueryTraits traits, QueryResult first, out bool mayForce)
    {
        mayForce = false;
        if (first.Metadata.TimeSettingsOverwritten)
            return "the query sets its own time range";
        if (traits.NeverCut is { } never)
            return never;
        if (!first.Events.All(e => e.Timestamp is not null))
            return "its events have no @timestamp";
        mayForce = true;
        return traits.Cutting.Allowed ? null : traits.Cutting.Reason;
    }
}
