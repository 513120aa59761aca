using LogScalePaging.LogScale.Queries;

namespace LogScalePaging.Commands;

/// <summary>Reads the parameters for following new events.</summary>
internal static class LiveFollowing
{
    /// <summary>The search with the parameters of <c>-Live</c>.</summary>
    /// <param name="spec">The search without them.</param>
    /// <param name="command">The cmdlet.</param>
    /// <param name="bound">The parameters that the user gave.</param>
    /// <exception cref="ArgumentException">They contradict each other. The message says how.</exception>
    public static SearchSpec Of(SearchSpec spec, InvokeQueryJobCommand command, IDictionary<string, object> bound)
    {
        if (!command.Live)
        {
            if (bound.Keys.FirstOrDefault(name => name is nameof(command.TimeoutSec) or nameof(command.PollIntervalSec)) is { } alone)
                throw new ArgumentException($"-{alone} requires -Live.");
            return spec;
        }
        if (bound.ContainsKey(nameof(command.End)))
            throw new ArgumentException("-End is not for -Live, which follows new events. Use -TimeoutSec.");
        // The first tenant would be followed without end, and the others never.
        if (command.TimeoutSec is null && command.First is null
            && command.MemberCid?.SelectMany(cid => (cid ?? "").Split(',')).Skip(1).Any() == true)
            throw new ArgumentException("-Live follows one tenant after the other. Add -TimeoutSec, the time for each of them, or use one "
                + "session for each tenant.");
        return spec with
        {
            Live = new LiveOptions(TimeSpan.FromSeconds(command.PollIntervalSec))
            {
                Limit = command.TimeoutSec is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
                FromNow = !bound.ContainsKey(nameof(command.Start)),
            },
        };
    }
}
