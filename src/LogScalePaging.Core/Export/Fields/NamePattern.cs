using System.Text;

namespace LogScalePaging.Export.Fields;

/// <summary>
/// A field name, or a pattern of names with <c>*</c> for any text and <c>?</c> for any character. A backtick before them takes them as they
/// are. Brackets are no wildcards, because arrays have them in their names: <c>vendor.items[0].id</c>.
/// </summary>
public sealed class NamePattern
{
    private const char Escape = '`';
    // Private use characters stand for the wildcards, so that a name with a star in it is text.
    private const char Many = '\uE000';
    private const char One = '\uE001';
    private readonly string _text;

    /// <param name="written">As the user wrote it.</param>
    public NamePattern(string written)
    {
        Written = written;
        var text = new StringBuilder();
        for (var i = 0; i < written.Length; i++)
        {
            var next = i + 1 < written.Length ? written[i + 1] : '\0';
            switch (written[i])
            {
                case Escape when next is '*' or '?' or Escape:
                    text.Append(next);
                    i++;
                    break;
                case '*':
                    text.Append(Many);
                    IsWildcard = true;
                    break;
                case '?':
                    text.Append(One);
                    IsWildcard = true;
                    break;
                case var other:
                    text.Append(other);
                    break;
            }
        }
        _text = text.ToString();
    }

    /// <summary>The pattern that matches only this name.</summary>
    internal static string Literal(string name) =>
        string.Concat(name.Select(c => c is Escape or '*' or '?' ? $"{Escape}{c}" : c.ToString()));

    /// <summary>As the user wrote it.</summary>
    public string Written { get; }

    /// <summary>True if it may match several names.</summary>
    public bool IsWildcard { get; }

    /// <summary>The name, for one without wildcards.</summary>
    public string Name => _text;

    /// <summary>True if a name matches. Patterns do not distinguish case, as those of PowerShell do not.</summary>
    /// <param name="name">The name.</param>
    /// <param name="comparison">How a name without wildcards is compared.</param>
    public bool Matches(string name, StringComparison comparison)
    {
        if (!IsWildcard)
            return string.Equals(_text, name, comparison);
        int at = 0, pattern = 0, star = -1, retry = 0;
        while (at < name.Length)
        {
            if (pattern < _text.Length && _text[pattern] == Many)
            {
                star = pattern++;
                retry = at;
            }
            else if (pattern < _text.Length
                && (_text[pattern] == One || char.ToUpperInvariant(_text[pattern]) == char.ToUpperInvariant(name[at])))
            {
                pattern++;
                at++;
            }
            else if (star >= 0)
            {
                // The star takes one more character.
                pattern = star + 1;
                at = ++retry;
            }
            else
            {
                return false;
            }
        }
        while (pattern < _text.Length && _text[pattern] == Many)
            pattern++;
        return pattern == _text.Length;
    }
}
