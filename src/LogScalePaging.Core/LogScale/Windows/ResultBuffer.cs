namespace LogScalePaging.LogScale.Windows;

/// <summary>What a server's result buffer was found to be.</summary>
/// <param name="Capacity">The largest N that <c>tail(N)</c> is taken with; 200 when none is.</param>
/// <param name="IsTail">False when the query has to run as it is, with the buffer that every filter query has.</param>
/// <param name="OldestFirst">True when <c>tail</c> lists its oldest event first.</param>
public sealed record ResultBuffer(int Capacity, bool IsTail, bool OldestFirst)
{
    /// <summary>The query that fills the buffer with the newest events.</summary>
    public string Query(string query)
    {
        if (!IsTail)
            return query;
        return string.IsNullOrWhiteSpace(query)
            ? FormattableString.Invariant($"tail({Capacity})")
            : FormattableString.Invariant($"{query}\n| tail({Capacity})");
    }
}
