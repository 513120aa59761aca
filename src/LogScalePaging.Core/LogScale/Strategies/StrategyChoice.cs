using LogScalePaging.LogScale.Cql;
using LogScalePaging.LogScale.Jobs;
using LogScalePaging.LogScale.Queries;

namespace LogScalePaging.LogScale.Strategies;

/// <summary>Chooses how to get past the result buffer, from the query and from what the first answer shows.</summary>
internal static class StrategyChoice
{
    /// <summary>A result that came whole in one answer.</summary>
    public const string Single = "Single";

    /// <summary>Windows of the range, many at once.</summary>
    public const string Window = "Window";

    /// <summary>One streamed answer.</summary>
    public const string Stream = "Stream";

    /// <summary>One job over the whole range, with the result buffer widened by <c>tail()</c>: one evaluation.</summary>
    public const string OneJob = "OneJob";

    // Below this a few pages are there before a histogram would be.
    private const long SmallResult = 1_000;

    /// <summary>The strategies to try in this order, and why each: a later one takes the place of one that turns out not to work.</summary>
    /// <param name="spec">What is searched.</param>
    /// <param name="traits">What its query says.</param>
    /// <param name="first">The first answer.</param>
    /// <param name="expected">Events in the range, where known.</param>
    /// <param name="toFile">True when the events go to a file, and are not read along.</param>
    /// <param name="isDirect">True when the server is LogScale itself, which can stream.</param>
    public static IReadOnlyList<(string Name, string Reason)> Of(SearchSpec spec, QueryTraits traits, QueryResult first, long? expected, bool toFile, bool isDirect)
    {
        if (first.Metadata.IsAggregate)
            return [(Single, "one answer holds the whole result of an aggregate query")];
        if (first.Metadata.HasMoreEvents != true)
            return [(Single, "the result fits into one answer")];
        // Around finds its place by @timestamp and @id: where the query writes the time, they are not those of the stored event.
        var mayWalk = !traits.WritesTimestamp;
        if (spec.Strategy == SearchStrategy.Around && mayWalk)
            return [(AroundStrategy.StrategyName, "requested")];
        var whyNot = WhyNotCut(traits, first, out var mayForce);
        var mayStream = toFile && isDirect && spec.Strategy != SearchStrategy.Window;
        if (spec.Strategy == SearchStrategy.Stream && toFile)
        {
            var reason = whyNot is null ? "requested" : $"requested, but {CannotCut(whyNot)}";
            return Order(reason, Stream, whyNot is null ? Window : OneJob, Walk(mayWalk));
        }
        if (spec.Strategy == SearchStrategy.Window && (whyNot is null || mayForce))
        {
            var reason = whyNot is null ? $"requested{Noted(traits)}" : $"requested, although {whyNot}";
            return Order(reason, Window, mayWalk ? null : OneJob, Walk(mayWalk));
        }
        if (whyNot is not null)
            return Order(CannotCut(whyNot), OneJob, mayStream ? Stream : null, Walk(mayWalk));
        if (!mayWalk)
        {
            const string WritesTime = "the query writes @timestamp, so its events cannot be read page by page";
            return Order(WritesTime, OneJob, mayStream ? Stream : null, Window);
        }
        if (spec.Strategy == SearchStrategy.Stream)
        {
            const string OnlyFiles = "a stream is used only for files, because it can be verified only after all events were received";
            return Order(OnlyFiles + Noted(traits), Window, Walk(mayWalk));
        }
        if (Math.Min(expected ?? long.MaxValue, spec.MaxEvents ?? long.MaxValue) > SmallResult)
            return Order($"many matches, and the query can be cut by time{Noted(traits)}", Window, Walk(mayWalk));
        if (traits.MultipliesRows)
            return Order("one event gives several rows, and a page could end between two of them", OneJob, Window, Walk(mayWalk));
        return first.Events.All(e => e.HasId)
            ? [(AroundStrategy.StrategyName, "more matches than fit into one answer, and few enough to read page by page")]
            : Order("its rows have no @id, so they cannot be read page by page", OneJob, Window, Walk(mayWalk));
    }

    /// <summary>Why a result may be wrong although the counts agree, by the strategy that read it.</summary>
    /// <param name="name">The strategy.</param>
    /// <param name="traits">What the query says.</param>
    public static IReadOnlyList<string> Doubts(string? name, QueryTraits traits)
    {
        var doubts = new List<string>();
        if (name == Window && !traits.Cutting.Allowed)
            doubts.Add($"the range was cut into windows although {traits.Cutting.Reason}");
        else if (name == AroundStrategy.StrategyName && traits.OneEvaluation is { } reason)
            doubts.Add($"{reason}, and the result comes from several jobs, which each evaluate the query again");
        return doubts;
    }

    private static List<(string Name, string Reason)> Order(string reason, params string?[] names) => [.. names.OfType<string>().Select(name => (name, reason))];

    private static string? Walk(bool mayWalk) => mayWalk ? AroundStrategy.StrategyName : null;

    private static string CannotCut(string why) => $"the range cannot be cut into windows: {why}";

    // Data from outside may change between two windows.
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
