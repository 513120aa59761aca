using System.Text.RegularExpressions;

namespace LogScalePaging.LogScale;

/// <summary>Functions that end their result after 200 rows unless the query says otherwise, and say nothing of it.</summary>
internal static class DefaultLimit
{
    private const int Rows = 200;

    // A call with its arguments, which may hold calls themselves.
    private static readonly Regex s_calls = new(@"(?:^|\|)\s*(sort|table|head|tail)\s*\(((?:[^()]|\([^()]*\))*)\)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    // head(500), sort(x, limit=1000), tail(limit=?n).
    private static readonly Regex s_limits = new(@"\blimit\s*=|^\s*[0-9?]", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    /// <summary>Why a result of an aggregate may have been cut; null when nothing speaks for it.</summary>
    /// <param name="query">The query.</param>
    /// <param name="rows">Rows of the result.</param>
    public static string? Doubt(string query, long rows)
    {
        if (rows != Rows)
            return null;
        var call = s_calls.Matches(query).Cast<Match>().FirstOrDefault(m => !s_limits.IsMatch(m.Groups[2].Value));
        return call is null
            ? null
            : FormattableString.Invariant($"{call.Groups[1].Value.ToLowerInvariant()}() ends after {Rows} rows unless it is given another limit, and {Rows} came: add limit=20000 to have more");
    }
}
