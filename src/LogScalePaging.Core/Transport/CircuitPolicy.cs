using LogScalePaging.Transport.Errors;
using Polly;
using Polly.CircuitBreaker;

namespace LogScalePaging.Transport;

/// <summary>
/// Pauses requests when the server is gone, so that many workers with many retries do not flood a server that is down or is just
/// starting. Only failures without an answer count, because a server that answers 500 is not gone.
/// </summary>
internal static class CircuitPolicy
{
    /// <summary>How many failures in a row, of all workers and within <see cref="Window"/>, open the circuit.</summary>
    public const int Failures = 10;

    /// <summary>How long a failure counts.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(60);

    /// <summary>How long no request is sent. After that, one request is tried.</summary>
    public static readonly TimeSpan Break = TimeSpan.FromSeconds(15);

    /// <summary>True for a failure that shows that no server answered.</summary>
    public static bool IsUnanswered(Exception? failure) => failure is ApiException
    {
        Kind: ApiErrorKind.ConnectionFailed or ApiErrorKind.TlsFailed or ApiErrorKind.ConnectionLost or ApiErrorKind.Timeout,
        Status: null,
    };

    /// <summary>Adds the circuit inside the retries, so that it sees each attempt.</summary>
    public static ResiliencePipeline Behind(ResiliencePipeline retry, TimeProvider time, Action<ResilienceContext> onOpened) =>
        new ResiliencePipelineBuilder { Name = "LogScalePaging.Connection", TimeProvider = time }
            .AddPipeline(retry)
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                Name = "LogScalePaging.Circuit",
                // All failures must be of this kind: a single answer shows that the server is there.
                FailureRatio = 1,
                MinimumThroughput = Failures,
                SamplingDuration = Window,
                BreakDuration = Break,
                ShouldHandle = static args => new ValueTask<bool>(IsUnanswered(args.Outcome.Exception)),
                OnOpened = args =>
                {
                    onOpened(args.Context);
                    return default;
                },
            })
            .Build();
}
