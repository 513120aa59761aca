using System.Text;

namespace LogScalePaging.Simulator.Query.Filters;

/// <summary>A pattern in which a star matches any characters. <c>\*</c> and <c>\\</c> match themselves.</summary>
internal sealed class Wildcards
{
    private readonly string[] _parts;
    private readonly StringComparison _comparison;

    public Wildcards(string text, bool ignoreCase)
    {
        var parts = new List<string>();
        var part = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length && text[i + 1] is '*' or '\\')
            {
                part.Append(text[++i]);
            }
            else if (text[i] == '*')
            {
                parts.Add(part.ToString());
                part.Clear();
            }
            else
            {
                part.Append(text[i]);
            }
        }
        parts.Add(part.ToString());
        _parts = [.. parts];
        _comparison = ignoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
    }

    /// <summary>The text itself if it has no wildcard; else null.</summary>
    public string? Literal => _parts.Length == 1 ? _parts[0] : null;

    public bool MatchesAll => _parts.Length > 1 && _parts.All(p => p.Length == 0);

    /// <summary>The longest text that every match contains.</summary>
    public string LongestPart => _parts.OrderByDescending(p => p.Length).First();

    /// <summary>Whether the whole text matches.</summary>
    public bool IsMatch(string text)
    {
        if (_parts.Length == 1)
            return text.Equals(_parts[0], _comparison);
        var last = _parts[_parts.Length - 1];
        var at = _parts[0].Length;
        var end = text.Length - last.Length;
        return text.StartsWith(_parts[0], _comparison) && text.EndsWith(last, _comparison) && end >= at && MiddleFits(text, at, end);
    }

    /// <summary>Whether some part of the text matches.</summary>
    public bool IsFoundIn(string text)
    {
        var at = text.IndexOf(_parts[0], _comparison);
        if (at < 0)
            return false;
        if (_parts.Length == 1)
            return true;
        at += _parts[0].Length;
        var end = text.LastIndexOf(_parts[_parts.Length - 1], _comparison);
        return end >= at && MiddleFits(text, at, end);
    }

    private bool MiddleFits(string text, int at, int end)
    {
        for (var i = 1; i < _parts.Length - 1; i++)
        {
            var found = text.IndexOf(_parts[i], at, end - at, _comparison);
            if (found < 0)
                return false;
            at = found + _parts[i].Length;
        }
        return true;
    }
}
