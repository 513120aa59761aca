using System.Text.RegularExpressions;

namespace LogScalePaging.LogScale;

/// <summary>Chooses how to get past the result buffer, from what the first answer shows.</summary>
internal static class StrategyChoice
{
    /// <summary>A result that came whole in one answer.</summary>
    public const string Single = "Single";

    /// <summary>Windows of the range, many at once.</summary>
    public const string Window = "Window";

    /// <summary>One streamed answer.</summary>
    public const string Stream = "Stream";

    // Below this a few pages are there before a histogram would be.
    private const long SmallResult = 1_000;

    private static readonly Regex s_limiting = new(@"\|\s*(head|tail|sort|limit|table)\s*\(", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    /// <summary>The strategy by name, and why it is.</summary>
    /// <param name="spec">What is searched.</param>
    /// <param name="first">The first answer.</param>
    /// <param name="expected">Events in the range, where known.</param>
    /// <param name="toFile">True when the events go to a file and not to somebody who reads along.</param>
    public static (string Name, string Reason) Of(SearchSpec spec, QueryResult first, long? expected, bool toFile)
    {
        if (first.Metadata.IsAggregate)
            return (Single, "an aggregate query comes whole in one answer");
        if (first.Metadata.HasMoreEvents != true)
            return (Single, "the result fits one answer");
        if (spec.Strategy == SearchStrategy.Around)
            return (AroundStrategy.StrategyName, "asked for");
        if (WhyNotCut(spec, first) is { } reason)
            return (AroundStrategy.StrategyName, $"the range cannot be cut into windows: {reason}");
        if (spec.Strategy == SearchStrategy.Stream)
            return toFile ? (Stream, "asked for") : (Window, "a stream is for files: its events can only be trusted when all are there and counted");
        if (spec.Strategy == SearchStrategy.Window)
            return (Window, "asked for");
        return Math.Min(expected ?? long.MaxValue, spec.MaxEvents ?? long.MaxValue) <= SmallResult
            ? (AroundStrategy.StrategyName, "more matches than one answer holds, and few enough for a walk")
            : (Window, "many matches, and the query can be cut by time");
    }

    /// <summary>The strategy of an earlier run, which is gone on with.</summary>
    public static (string Name, string Reason) Resumed(string name) => (name, "resumed from a checkpoint");

    private static string? WhyNotCut(SearchSpec spec, QueryResult first)
    {
        if (first.Metadata.TimeSettingsOverwritten)
            return "the query sets its own time range";
        if (s_limiting.Match(spec.Query) is { Success: true } limiting)
            return $"the query holds {limiting.Groups[1].Value}()";
        return first.Events.All(e => e.Timestamp is not null) ? null : "its events have no @timestamp";
    }
}
