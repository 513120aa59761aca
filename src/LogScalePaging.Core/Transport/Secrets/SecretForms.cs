using System.Net;
using System.Text;
using System.Text.Json;

namespace LogScalePaging.Transport.Secrets;

/// <summary>The forms in which a secret can be returned: plain, and encoded for a URL, a form, a header, JSON or a web page.</summary>
internal static class SecretForms
{
    /// <summary>The forms. Some may occur twice.</summary>
    public static IEnumerable<string> Of(string secret)
    {
        yield return secret;
        var escaped = Uri.EscapeDataString(secret);
        yield return escaped;
        yield return LowerEscapes(escaped, '%', 2);
        yield return escaped.Replace("%20", "+");
        yield return WebUtility.UrlEncode(secret);
        yield return WebUtility.HtmlEncode(secret);
        var json = JsonEncodedText.Encode(Valid(secret)).ToString();
        yield return json;
        yield return LowerEscapes(json, 'u', 4);
        yield return secret.Replace("\\", "\\\\").Replace("\"", "\\\"");
        yield return secret.Replace("/", "\\/");
        foreach (var form in Base64(Encoding.UTF8.GetBytes(secret)))
        {
            yield return form;
            // The Base64 alphabet of URLs.
            yield return form.Replace('+', '-').Replace('/', '_');
        }
    }

    // In a longer text, such as "user:secret", the secret can begin at any of the three positions of a group. The characters at both ends
    // depend on the text before and after it.
    private static IEnumerable<string> Base64(byte[] secret)
    {
        yield return Convert.ToBase64String(secret).TrimEnd('=');
        for (var shift = 0; shift < 3; shift++)
        {
            var text = Convert.ToBase64String([.. new byte[shift], .. secret]);
            var start = shift == 0 ? 0 : shift + 1;
            var end = (shift + secret.Length) * 8 / 6;
            if (end > start)
                yield return text.Substring(start, end - start);
        }
    }

    // JSON cannot hold half a surrogate pair.
    private static string Valid(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    // %2F as %2f, and \u002F as \u002f.
    private static string LowerEscapes(string text, char mark, int digits)
    {
        var lower = new StringBuilder(text);
        for (var i = text.IndexOf(mark); i >= 0 && i + digits < text.Length; i = text.IndexOf(mark, i + 1))
        {
            if (mark == 'u' && (i == 0 || text[i - 1] != '\\'))
                continue;
            for (var j = i + 1; j <= i + digits; j++)
                lower[j] = char.ToLowerInvariant(lower[j]);
        }
        return lower.ToString();
    }
}
