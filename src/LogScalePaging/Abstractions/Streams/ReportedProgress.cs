namespace LogScalePaging.Commands;

/// <summary>Calls back at once. <see cref="Progress{T}"/> would call back on another thread after the fact.</summary>
internal sealed class ReportedProgress<T>(Action<T> report) : IProgress<T>
{
    public void Report(T value) => report(value);
}
