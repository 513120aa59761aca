namespace LogScalePaging.Cli.Output;

/// <summary>Shows how many events were checked, on a terminal.</summary>
internal sealed class VerifyProgress(Messages messages, TimeProvider time) : IProgress<long>, IDisposable
{
    private static readonly TimeSpan s_between = TimeSpan.FromMilliseconds(125);
    private long _shown = time.GetTimestamp();

    public void Report(long value)
    {
        if (time.GetElapsedTime(_shown) < s_between)
            return;
        _shown = time.GetTimestamp();
        messages.Status($"Checking ... {Units.Count(value, "record")}");
    }

    public void Dispose() => messages.Status("");
}
