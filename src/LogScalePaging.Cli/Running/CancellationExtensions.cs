namespace LogScalePaging.Cli.Running;

internal static class CancellationExtensions
{
    /// <summary>A task that ends when the token is cancelled.</summary>
    public static async Task WhenCancelled(this CancellationToken token)
    {
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var _ = token.Register(cancelled.SetResult);
        await cancelled.Task.ConfigureAwait(false);
    }
}
