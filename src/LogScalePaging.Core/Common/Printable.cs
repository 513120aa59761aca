using System.Text;

namespace LogScalePaging.Common;

/// <summary>Makes text of a server safe to show. Without this, a terminal would run escape sequences in it.</summary>
public static class Printable
{
    /// <summary>
    /// The text on one line. Control characters (also line breaks and terminal escapes) are shown as <c>\uXXXX</c> or a space.
    /// </summary>
    public static string Line(string text) => Clean(text, keepLineBreaks: false);

    /// <summary>The text with its line breaks and tabs. Other control characters are shown as <c>\uXXXX</c>.</summary>
    public static string Block(string text) => Clean(text, keepLineBreaks: true);

    private static string Clean(string text, bool keepLineBreaks)
    {
        StringBuilder? clean = null;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            var keep = !IsUnsafe(c) || (keepLineBreaks && c is '\n' or '\t');
            if (keep && clean is null)
                continue;
            clean ??= new StringBuilder(text, 0, i, text.Length + 16);
            if (keep)
                clean.Append(c);
            else if (c is '\r' or '\n' or '\t')
                clean.Append(keepLineBreaks ? "" : " ");
            else
                clean.Append("\\u").Append(((int)c).ToString("x4", System.Globalization.CultureInfo.InvariantCulture));
        }
        return clean?.ToString() ?? text;
    }

    /// <summary>True for C0, DEL, C1, and the marks that change the direction of the text after them.</summary>
    internal static bool IsUnsafe(char c) =>
        c < ' ' || c is >= '\x7f' and <= '\x9f' or >= '\u202a' and <= '\u202e' or >= '\u2066' and <= '\u2069' or '\u2028' or '\u2029';
}
