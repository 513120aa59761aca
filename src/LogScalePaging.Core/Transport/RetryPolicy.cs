using LogScalePaging.Transport.Limits;
using Polly;
using Polly.Retry;

namespace LogScalePaging.Transport;

/// <summary>
/// The only retry policy: a number of retries, with the wait that the server asked for, or exponential back-off with full jitter (250 ms
/// doubling to 30 s). The number counts per execution, so it starts again after every success.
/// </summary>
internal static class RetryPolicy
{
    /// <summary>Creates a pipeline. It has no state of an execution and can be shared.</summary>
    /// <param name="name">Name of the policy in Polly's telemetry.</param>
    /// <param name="maxRetryCount">How often a failure is retried; 0 for never.</param>
    /// <param name="time">The clock for the waits.</param>
    /// <param name="shouldRetry">Called once for each failure that could still be retried, and not after the last one.</param>
    /// <param name="askedWait">The wait that the server asked for; null for the back-off.</param>
    /// <param name="onRetry">Called for each retry before its wait: the failure, the number of the retry (from 1), the wait.</param>
    public static ResiliencePipeline Create(
        string name,
        int maxRetryCount,
        TimeProvider time,
        Func<Exception, CancellationToken, ValueTask<bool>> shouldRetry,
        Func<Exception, TimeSpan?> askedWait,
        Action<Exception, int, TimeSpan> onRetry) =>
        Create(name, maxRetryCount, time,
            (exception, context) => shouldRetry(exception, context.CancellationToken),
            askedWait,
            (wait, _) => wait,
            (exception, attempt, wait, _) => onRetry(exception, attempt, wait));

    internal static ResiliencePipeline Create(
        string name,
        int maxRetryCount,
        TimeProvider time,
        Func<Exception, ResilienceContext, ValueTask<bool>> shouldRetry,
        Func<Exception, TimeSpan?> askedWait,
        Func<TimeSpan, ResilienceContext, TimeSpan> shorten,
        Action<Exception, int, TimeSpan, ResilienceContext> onRetry)
    {
        if (maxRetryCount <= 0)
            return ResiliencePipeline.Empty;
        var builder = new ResiliencePipelineBuilder { Name = name, TimeProvider = time };
        return builder.AddRetry(new RetryStrategyOptions
        {
            Name = name,
            MaxRetryAttempts = maxRetryCount,
            // Polly calls this after the last attempt too. Here the call can have effects (it cleans up), so it is skipped.
            ShouldHandle = args => args.Outcome.Exception is { } exception
                && args.AttemptNumber < maxRetryCount
                && !args.Context.CancellationToken.IsCancellationRequested
                    ? shouldRetry(exception, args.Context)
                    : new ValueTask<bool>(false),
            // A server that repeatedly names no wait, or a past time, would use up all retries at once.
            DelayGenerator = args => new ValueTask<TimeSpan?>(shorten(
                askedWait(args.Outcome.Exception!) is { } asked && (asked > TimeSpan.Zero || args.AttemptNumber == 0)
                    ? asked
                    : BackOff.Next(args.AttemptNumber),
                args.Context)),
            OnRetry = args =>
            {
                onRetry(args.Outcome.Exception!, args.AttemptNumber + 1, args.RetryDelay, args.Context);
                return default;
            },
        }).Build();
    }
}
