using System.Text.RegularExpressions;
using LogScalePaging.Simulator.Events;
using LogScalePaging.Simulator.Query.RowSets;

namespace LogScalePaging.Simulator.Query.Filters;

/// <summary>Searches text in every value except tags and metadata. Case does not matter.</summary>
internal sealed class FreeTextFilter : Filter
{
    private readonly Func<string, bool> _isFound;
    private readonly byte[] _must;

    public FreeTextFilter(string text)
    {
        var pattern = new Wildcards(text, ignoreCase: true);
        _isFound = pattern.IsFoundIn;
        IsAll = pattern.MatchesAll || pattern.Literal == "";
        // JSON does not escape plain ASCII, so most events that do not match are recognised without parsing them.
        var must = pattern.LongestPart;
        var plain = must.Length > 0 && must.All(c => c is >= ' ' and < (char)127 and not '"' and not '\\' and not '/');
        _must = plain ? Utf8.Bytes(must.ToLowerInvariant()) : [];
    }

    public FreeTextFilter(Regex regex)
    {
        _isFound = regex.IsMatch;
        _must = [];
    }

    public override bool IsAll { get; }

    public override bool Matches(in Row row)
    {
        if (_must.Length > 0 && !MayContain(row.Json))
            return false;
        var fields = new StoredFields(row.Json);
        while (fields.Next())
        {
            var first = fields.Name.Raw.Length == 0 ? (byte)0 : fields.Name.Raw[0];
            var isMeta = first == (byte)'#' || (first == (byte)'@' && !fields.Name.Is("@rawstring"u8));
            if (!isMeta && _isFound(fields.Value.Text))
                return true;
        }
        return false;
    }

    private bool MayContain(ReadOnlySpan<byte> json)
    {
        var rest = json;
        var lower = _must[0];
        var upper = lower is >= (byte)'a' and <= (byte)'z' ? (byte)(lower - 32) : lower;
        while (true)
        {
            var at = rest.IndexOfAny(lower, upper);
            if (at < 0 || rest.Length - at < _must.Length)
                break;
            var i = 1;
            while (i < _must.Length && Lower(rest[at + i]) == _must[i])
                i++;
            if (i == _must.Length)
                return true;
            rest = rest.Slice(at + 1);
        }
        // An ASCII letter may be written as \u0041, and letters such as the Kelvin sign fold to ASCII.
        return json.IndexOf("\\u"u8) >= 0;
    }

    private static byte Lower(byte b) => b is >= (byte)'A' and <= (byte)'Z' ? (byte)(b + 32) : b;
}
