namespace LogScalePaging.LogScale.Windows;

/// <summary>What a server's result buffer was found to be, and what is asked to be in it.</summary>
/// <param name="Capacity">The largest N that <c>tail(N)</c> is taken with; 200 when none is.</param>
/// <param name="IsTail">False when the query has to run as it is, with the buffer that every filter query has.</param>
/// <param name="OldestFirst">True when <c>tail</c> lists its oldest event first.</param>
public sealed record ResultBuffer(int Capacity, bool IsTail, bool OldestFirst)
{
    /// <summary>The fields that the server is to send; null for all.</summary>
    public IReadOnlyList<string>? Fields { get; init; }

    /// <summary>The query for events as they are wanted, without a widened buffer.</summary>
    public string Selected(string query) => Fields is null ? query : Then(query, FieldSelection.Stage(Fields));

    /// <summary>The query that fills the buffer with the newest events.</summary>
    public string Query(string query) => IsTail ? Then(Selected(query), FormattableString.Invariant($"tail({Capacity})")) : Selected(query);

    // On a line of its own: a comment may end the query.
    private static string Then(string query, string stage) => string.IsNullOrWhiteSpace(query) ? stage : $"{query}\n| {stage}";
}
