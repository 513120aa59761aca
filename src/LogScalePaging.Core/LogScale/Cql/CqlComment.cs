namespace LogScalePaging.LogScale.Cql;

/// <summary>
/// Comments: <c>//</c> to the end of the line, and <c>/* .. */</c>. Both can also be part of an unquoted word, such as an address.
/// </summary>
internal static class CqlComment
{
    private const string SureBefore = "()[]{}|,;";

    /// <summary>True if this is the beginning of a comment, if a comment is allowed here.</summary>
    public static bool Begins(string query, int at) => query[at] == '/' && at + 1 < query.Length && query[at + 1] is '/' or '*';

    /// <summary>The end of the comment at <paramref name="at"/>.</summary>
    /// <param name="query">The query.</param>
    /// <param name="at">Where it begins.</param>
    /// <param name="isSure">True if another comment ends right before it.</param>
    /// <param name="problem">Why this is not clear; null if it is.</param>
    public static int End(string query, int at, bool isSure, out string? problem)
    {
        problem = null;
        var isLine = query[at + 1] == '/';
        var body = at + 2;
        var bodyEnd = isLine ? CqlText.LineEnd(query, at) : query.IndexOf("*/", body, StringComparison.Ordinal);
        // It is not documented whether comments can be nested.
        if (bodyEnd < 0 || (!isLine && query.IndexOf("/*", body, bodyEnd + 1 - body, StringComparison.Ordinal) >= 0))
            problem = "a comment is not closed, or contains another one";
        // The documentation says that a comment begins after white space or a delimiter.
        else if (at > 0 && !isSure && !CqlText.IsSpace(query[at - 1]) && !SureBefore.Contains(query[at - 1])
            && !CqlText.IsNeutral(query, body, bodyEnd))
            problem = "it is not clear whether a comment begins";
        return isLine ? bodyEnd : bodyEnd + 2;
    }
}
