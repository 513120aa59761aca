using LogScalePaging.Transport.Errors;
using Polly;
using Polly.CircuitBreaker;

namespace LogScalePaging.Transport;

/// <summary>
/// Holds requests back when the server is gone, so that many workers with many repeats do not hammer on a closed door, or on a server
/// that is just getting up. Only what says that nobody is there counts: a server that answers 500 is not gone.
/// </summary>
internal static class CircuitPolicy
{
    /// <summary>How many failures in a row, over all workers and within <see cref="Window"/>, open the circuit.</summary>
    public const int Failures = 10;

    /// <summary>How long a failure counts.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(60);

    /// <summary>How long nothing is sent before one request may try.</summary>
    public static readonly TimeSpan Break = TimeSpan.FromSeconds(15);

    /// <summary>True for a failure that says that nobody is there.</summary>
    public static bool IsUnanswered(Exception? failure) => failure is ApiException
    {
        Kind: ApiErrorKind.ConnectionFailed or ApiErrorKind.TlsFailed or ApiErrorKind.ConnectionLost or ApiErrorKind.Timeout,
        Status: null,
    };

    /// <summary>Puts the circuit behind the repeats: each of them is an attempt of its own.</summary>
    public static ResiliencePipeline Behind(ResiliencePipeline retry, TimeProvider time, Action<ResilienceContext> onOpened) =>
        new ResiliencePipelineBuilder { Name = "LogScalePaging.Connection", TimeProvider = time }
            .AddPipeline(retry)
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                Name = "LogScalePaging.Circuit",
                // Every one of them: a single answer shows that somebody is there.
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
