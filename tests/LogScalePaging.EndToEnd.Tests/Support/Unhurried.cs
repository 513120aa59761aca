using LogScalePaging.Transport.Http;

namespace LogScalePaging.EndToEnd.Tests.Support;

/// <summary>
/// Gives a run with a fast clock enough time for its clean-up. With a clock that is 100 times as fast, the usual 10 s are 100 ms, which a
/// busy computer may need for one request.
/// </summary>
internal static class Unhurried
{
    /// <summary>The change of the options, followed by a long clean-up time if the clock is fast.</summary>
    public static Func<ApiTransportOptions, ApiTransportOptions> Of(Func<ApiTransportOptions, ApiTransportOptions>? change) => options =>
    {
        var changed = change?.Invoke(options) ?? options;
        return changed.Time is FastTimeProvider ? changed with { CleanUpTime = TimeSpan.FromHours(1) } : changed;
    };
}
