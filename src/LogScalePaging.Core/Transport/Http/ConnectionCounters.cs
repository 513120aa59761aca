using LogScalePaging.Diagnostics;

namespace LogScalePaging.Transport.Http;

/// <summary>What a connection did so far, over all its views. Each number is right by itself; together they are not of one instant.</summary>
public sealed class ConnectionCounters
{
    private long _requests;
    private long _retries;
    private long _received;
    private long _waited;
    private long _opened;

    /// <summary>Requests sent, repeats and followed redirects among them.</summary>
    public long Requests => Interlocked.Read(ref _requests);

    /// <summary>Requests that were repeats.</summary>
    public long Retries => Interlocked.Read(ref _retries);

    /// <summary>Bytes of answers read, unpacked.</summary>
    public long BytesReceived => Interlocked.Read(ref _received);

    /// <summary>Time spent waiting for a place, for quiet and for repeats, summed over all workers.</summary>
    public TimeSpan Waited => TimeSpan.FromTicks(Interlocked.Read(ref _waited));

    /// <summary>Network connections opened; 0 on .NET Framework, which does not tell.</summary>
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
