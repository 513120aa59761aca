namespace LogScalePaging.Simulator.Query;

/// <summary>A query that the server refuses. The message is sent as text/plain.</summary>
internal sealed class QueryException(string problem, string snippet = "") : FormatException($"{problem}\n```\n{snippet}\n```")
{
    /// <summary>An error at a place in the query: its line, and a mark under it.</summary>
    public static QueryException At(string problem, string query, int position, int length = 1)
    {
        position = Math.Min(position, query.Length);
        var start = position == 0 ? 0 : query.LastIndexOf('\n', position - 1) + 1;
        var end = query.IndexOf('\n', position);
        if (end < 0)
            end = query.Length;
        var line = 1 + query.Substring(0, start).Count(c => c == '\n');
        var head = FormattableString.Invariant($"{line,3}: ");
        var mark = new string(' ', head.Length + position - start) + new string('^', Math.Max(1, Math.Min(length, end - position)));
        return new QueryException(problem, head + query.Substring(start, end - start).TrimEnd('\r') + "\n" + mark);
    }
}
