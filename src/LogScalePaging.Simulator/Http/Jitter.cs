using System.Globalization;

namespace LogScalePaging.Simulator.Http;

/// <summary>
/// Random pauses before requests, so that a test which depends on the order of parallel requests fails. The environment variable
/// <c>LOGSCALEPAGING_JITTER</c> is the longest pause in milliseconds, from 1 to 60,000. Without it, there are no pauses.
/// </summary>
internal static class Jitter
{
    private static readonly int s_longest = Longest(Environment.GetEnvironmentVariable("LOGSCALEPAGING_JITTER"));
    private static readonly Random s_random = new();

    /// <summary>Waits for a part of the longest pause. Short pauses are frequent, and many requests have none.</summary>
    public static Task PauseAsync(CancellationToken cancellation) =>
        s_longest == 0 ? Task.CompletedTask : SimulatorClock.Delay(TimeProvider.System, TimeSpan.FromMilliseconds(Next()), cancellation);

    private static int Next()
    {
        double part;
        lock (s_random)
            part = s_random.NextDouble();
        return (int)(s_longest * Math.Pow(part, 3));
    }

    private static int Longest(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var longest) ? Math.Min(longest, 60_000) : 0;
}
