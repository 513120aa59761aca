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

    /// <param name="lifetime">Lifetime.</param>
    /// <param name="memberCid">The child tenant; null for the client's own.</param>
    /// <param name="names">Whether the token has the tenant in its claims.</param>
    public TokenRecord Issue(TimeSpan lifetime, string? memberCid, bool names = false)
    {
        lock (_gate)
        {
            var now = clock.Now;
            var record = new TokenRecord(names ? Claims(memberCid) : "eyJ" + Utf8.Text(_letters.Letters(61)), now, now + lifetime,
                memberCid);
            _records.Add(record);
            return record;
        }
    }

    /// <returns>The token, valid or not; null if it was never issued.</returns>
    public TokenRecord? Find(string text)
    {
        lock (_gate)
            return _records.Find(r => r.Text == text);
    }

    /// <returns>The token if it is valid now; null if it is not.</returns>
    public TokenRecord? Use(string text)
    {
        lock (_gate)
        {
            var record = _records.Find(r => r.Text == text);
            if (record is null || record.IsRevoked || clock.Now >= record.Expires)
                return null;
            record.Uses++;
            return record;
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

    // A JWT without a signature that anyone could check.
    private string Claims(string? memberCid)
    {
        var claims = new ByteWriter().Add("{\"sub_type\":\"client\",\"cid\":"u8).AddString(memberCid ?? new string('0', 32)).Add((byte)'}');
        return "eyJhbGciOiJSUzI1NiJ9." + Convert.ToBase64String(claims.ToArray()).TrimEnd('=').Replace('+', '-').Replace('/', '_') + "."
            + Utf8.Text(_letters.Letters(43));
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
