using LogScalePaging.Diagnostics;

namespace LogScalePaging.Transport.Http;

/// <summary>Numbers of a connection so far, over all its views. They are read one after the other, not at one moment.</summary>
public sealed class ConnectionCounters
{
    private long _requests;
    private long _retries;
    private long _received;
    private long _waited;
    private long _opened;

    /// <summary>Requests sent, including retries and followed redirects.</summary>
    public long Requests => Interlocked.Read(ref _requests);

    /// <summary>Requests that were retries.</summary>
    public long Retries => Interlocked.Read(ref _retries);

    /// <summary>Bytes of answers read, after decompression.</summary>
    public long BytesReceived => Interlocked.Read(ref _received);

    /// <summary>Time spent waiting for a free place, for the rate limit and before retries, summed over all workers.</summary>
    public TimeSpan Waited => TimeSpan.FromTicks(Interlocked.Read(ref _waited));

    /// <summary>Network connections opened; 0 on .NET Framework, which does not report them.</summary>
    public long ConnectionsOpened => Interlocked.Read(ref _opened);

    internal void Request() => Interlocked.Increment(ref _requests);

    internal void Retry() => Interlocked.Increment(ref _retries);

    internal void Received(long bytes) => Interlocked.Add(ref _received, bytes);

    internal void Opened() => Interlocked.Increment(ref _opened);

    internal void Wait(TimeSpan wait)
    {
        Interlocked.Add(ref _waited, wait.Ticks);
        Telemetry.Waited(wait);
    }
}
