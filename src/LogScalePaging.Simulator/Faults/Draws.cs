using LogScalePaging.Simulator.Events;

namespace LogScalePaging.Simulator.Faults;

/// <summary>Random numbers that depend on the request, and not on its time.</summary>
internal static class Draws
{
    public static Randomness Of(int seed, AnswerInfo answer, string salt = "")
    {
        var range = FormattableString.Invariant($"{answer.StartMs} {answer.EndMs}");
        return Of(seed, $"{answer.Kind} {answer.QueryString} {range} {answer.AroundEventId} {salt}");
    }

    public static Randomness Of(int seed, string text)
    {
        // FNV-1a: string.GetHashCode differs from process to process.
        var hash = 14695981039346656037UL ^ unchecked((uint)seed);
        foreach (var c in text)
            hash = unchecked((hash ^ c) * 1099511628211UL);
        return new Randomness(hash);
    }
}
