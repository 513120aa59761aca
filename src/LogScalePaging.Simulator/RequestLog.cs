namespace LogScalePaging.Simulator;

/// <summary>Numbers requests, and keeps the latest of them. Thread safe.</summary>
internal sealed class RequestLog
{
    private readonly object _gate = new();
    private readonly Queue<RequestRecord> _records = new();
    private readonly int[] _ofKind = new int[(int)RequestKind.RestDetails + 1];
    private long _count;

    public long Count => Interlocked.Read(ref _count);

    public IReadOnlyList<RequestRecord> Records
    {
        get
        {
            lock (_gate)
                return [.. _records.OrderBy(r => r.Number)];
        }
    }

    public void Number(RequestInfo request)
    {
        request.Number = Interlocked.Increment(ref _count);
        request.NumberOfKind = Interlocked.Increment(ref _ofKind[(int)request.Kind]);
    }

    public void Add(RequestRecord record, int limit)
    {
        lock (_gate)
        {
            _records.Enqueue(record);
            while (_records.Count > Math.Max(0, limit))
                _records.Dequeue();
        }
    }

    public void Reset()
    {
        lock (_gate)
            _records.Clear();
        Interlocked.Exchange(ref _count, 0);
        Array.Clear(_ofKind, 0, _ofKind.Length);
    }
}
