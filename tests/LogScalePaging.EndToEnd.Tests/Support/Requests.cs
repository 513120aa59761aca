using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Support;

/// <summary>What a request to the simulator is for.</summary>
internal static class Requests
{
    /// <summary>True for a job that fetches events: no count, no histogram, no question how large a buffer may be.</summary>
    public static bool IsFetching(RequestKind kind, string body) =>
        kind == RequestKind.Create && !new[] { "count(", "bucket(", "tail(" }.Any(word => body.Contains(word, StringComparison.Ordinal));
}
