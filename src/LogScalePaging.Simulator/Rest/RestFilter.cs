using System.Globalization;

namespace LogScalePaging.Simulator.Rest;

/// <summary>The part of FQL that tests and users of the simulator need: comparisons of a field with a text, joined by <c>+</c>.</summary>
internal static class RestFilter
{
    private static readonly string[] s_operators = [">=", "<=", ">", "<", "!", ""];

    /// <exception cref="FormatException">The filter is not in this form.</exception>
    public static Func<RestRecord, bool> Parse(string text)
    {
        var tests = new List<Func<RestRecord, bool>>();
        var at = 0;
        while (at < text.Length)
        {
            while (at < text.Length && text[at] is '+' or '(' or ')' or ' ')
                at++;
            if (at == text.Length)
                break;
            tests.Add(Clause(text, ref at));
        }
        return record => tests.TrueForAll(test => test(record));
    }

    private static Func<RestRecord, bool> Clause(string text, ref int at)
    {
        var colon = text.IndexOf(':', at);
        if (colon < 0)
            throw new FormatException("invalid filter expression supplied");
        var field = text.Substring(at, colon - at).Trim();
        at = colon + 1;
        var start = at;
        var comparison = s_operators.First(o => string.CompareOrdinal(text, start, o, 0, o.Length) == 0);
        at += comparison.Length;
        var value = Value(text, ref at);
        return record =>
        {
            var actual = record[field];
            // A record without the field is not before any value.
            if (actual.Length == 0 && (comparison is "<" or "<="))
                return false;
            var order = Compare(actual, value);
            return comparison switch
            {
                ">=" => order >= 0,
                "<=" => order <= 0,
                ">" => order > 0,
                "<" => order < 0,
                "!" => order != 0,
                _ => value == "*" || order == 0
            };
        };
    }

    // Times are compared as times, because they can have different numbers of decimals.
    private static int Compare(string actual, string value) => Time(actual) is { } time && Time(value) is { } other
        ? time.CompareTo(other) : string.CompareOrdinal(actual, value);

    private static DateTimeOffset? Time(string text) => text.Length >= 20 && text[10] == 'T'
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    private static string Value(string text, ref int at)
    {
        if (at >= text.Length || text[at] != '\'')
            throw new FormatException("invalid filter expression supplied");
        var value = new System.Text.StringBuilder();
        for (at++; at < text.Length && text[at] != '\''; at++)
        {
            if (text[at] == '\\' && at + 1 < text.Length)
                at++;
            value.Append(text[at]);
        }
        if (at == text.Length)
            throw new FormatException("invalid filter expression supplied");
        at++;
        return value.ToString();
    }
}
