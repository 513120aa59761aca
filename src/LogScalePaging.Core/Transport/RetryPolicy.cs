using LogScalePaging.Transport.Limits;
using Polly;
using Polly.Retry;

namespace LogScalePaging.Transport;

/// <summary>
/// The only retry there is: so many repeats, with the wait that the server asked for, else exponential back-off with full
/// jitter (250 ms doubling to 30 s). The count is that of one execution, so it starts anew after every success.
/// </summary>
public static class RetryPolicy
{
    /// <summary>Makes a pipeline; it holds no state of an execution and may be shared.</summary>
    /// <param name="name">Name of the policy in Polly's telemetry.</param>
    /// <param name="maxRetryCount">How often a failure is repeated; 0 for never.</param>
    /// <param name="time">The clock for the waits.</param>
    /// <param name="shouldRetry">Asked once per failure that could still be repeated, and not after the last one.</param>
    /// <param name="askedWait">How long the server asked to wait; null for the back-off.</param>
    /// <param name="onRetry">Told of each repeat before its wait: the failure, the number of the repeat (from 1), the wait.</param>
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
            // Polly asks after the last attempt as well. Here the question may have effects (clean up what was made), so it is not asked in vain.
            ShouldHandle = args => args.Outcome.Exception is { } exception
                && args.AttemptNumber < maxRetryCount
                && !args.Context.CancellationToken.IsCancellationRequested
                    ? shouldRetry(exception, args.Context)
                    : new ValueTask<bool>(false),
            // A server that names no time to wait, or a past one, again and again would use up all repeats at once.
            DelayGenerator = args => new ValueTask<TimeSpan?>(shorten(
                askedWait(args.Outcome.Exception!) is { } asked && (asked > TimeSpan.Zero || args.AttemptNumber == 0) ? asked : BackOff.Next(args.AttemptNumber),
                args.Context)),
            OnRetry = args =>
            {
                onRetry(args.Outcome.Exception!, args.AttemptNumber + 1, args.RetryDelay, args.Context);
                return default;
            },
        }).Build();
    }
}
