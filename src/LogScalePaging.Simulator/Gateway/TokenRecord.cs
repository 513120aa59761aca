namespace LogScalePaging.Simulator;

/// <summary>A token that the gateway issued.</summary>
public sealed class TokenRecord
{
    internal TokenRecord(string text, DateTimeOffset issued, DateTimeOffset expires, string? memberCid)
        => (Text, Issued, Expires, MemberCid) = (text, issued, expires, memberCid);

    public string Text { get; }

    public DateTimeOffset Issued { get; }

    public DateTimeOffset Expires { get; internal set; }

    /// <summary>The child tenant of the token; null for the client's own.</summary>
    public string? MemberCid { get; }

    public bool IsRevoked { get; internal set; }

    /// <summary>How many requests used it.</summary>
    public int Uses { get; internal set; }
}
