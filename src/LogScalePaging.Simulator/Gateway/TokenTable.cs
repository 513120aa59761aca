using LogScalePaging.Simulator.Events;

namespace LogScalePaging.Simulator.Gateway;

/// <summary>The tokens that were issued. Thread safe.</summary>
internal sealed class TokenTable(int seed, SimulatorClock clock)
{
    private readonly object _gate = new();
    private readonly List<TokenRecord> _records = [];
    private Randomness _letters = new(unchecked((ulong)seed + 77));
    private int _requests;

    /// <summary>Number of requests for a token, including refused ones.</summary>
    public int Requests => Volatile.Read(ref _requests);

    public IReadOnlyList<TokenRecord> Records
    {
        get
        {
            lock (_gate)
                return [.. _records];
        }
    }

    public void Asked() => Interlocked.Increment(ref _requests);

    public TokenRecord Issue(TimeSpan lifetime, string? memberCid)
    {
        lock (_gate)
        {
            var now = clock.Now;
            var record = new TokenRecord("eyJ" + Utf8.Text(_letters.Letters(61)), now, now + lifetime, memberCid);
            _records.Add(record);
            return record;
        }
    }

    /// <returns>Whether the token is valid now.</returns>
    public bool Use(string text)
    {
        lock (_gate)
        {
            var record = _records.Find(r => r.Text == text);
            if (record is null || record.IsRevoked || clock.Now >= record.Expires)
                return false;
            record.Uses++;
            return true;
        }
    }

    /// <returns>Whether there was such a token.</returns>
    public bool Revoke(string text)
    {
        lock (_gate)
        {
            var record = _records.Find(r => r.Text == text);
            if (record is not null)
                record.IsRevoked = true;
            return record is not null;
        }
    }

    public void ExpireAll()
    {
        lock (_gate)
        {
            foreach (var record in _records)
                record.Expires = record.Expires < clock.Now ? record.Expires : clock.Now;
        }
    }
}
