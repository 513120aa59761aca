using System.Net;
using System.Text.Json;
using LogScalePaging.Common;
using LogScalePaging.Json;
using LogScalePaging.Transport.Secrets;

namespace LogScalePaging.Transport.Errors;

/// <summary>Finds the server's message for people in the body of an error.</summary>
internal static class ServerText
{
    /// <summary>The text without secrets; null if there is none. It is not yet safe to print.</summary>
    /// <remarks>Secrets are removed after decoding, because JSON and web pages can encode them in many ways.</remarks>
    public static string? Of(string? body, SecretCleaner secrets)
    {
        var text = body?.Trim();
        if (string.IsNullOrEmpty(text))
            return null;
        return text![0] switch
        {
            '<' => Title(text, secrets) is { } title ? $"a web page titled '{title}'" : "a web page without a title",
            '{' => secrets.Clean(Json(text) ?? text),
            _ => secrets.Clean(text),
        };
    }

    /// <summary>The trace id that Falcon puts into the body, <c>meta.trace_id</c>; null when there is none.</summary>
    public static string? TraceId(string? body)
    {
        if (body?.TrimStart() is not { Length: > 0 } text || text[0] != '{')
            return null;
        try
        {
            using var document = AnswerJson.Parse(text);
            return AnswerJson.Text(AnswerJson.Member(document.RootElement, "meta"), "trace_id") is { Length: > 0 } id
                ? Printable.Line(id)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The title of a web page without secrets, or null.</summary>
    public static string? Title(string html, SecretCleaner secrets)
    {
        var open = html.IndexOf("<title", StringComparison.OrdinalIgnoreCase);
        var start = open < 0 ? -1 : html.IndexOf('>', open);
        var end = start < 0 ? -1 : html.IndexOf("</title", start, StringComparison.OrdinalIgnoreCase);
        if (end < 0)
            return null;
        var words = WebUtility.HtmlDecode(html.Substring(start + 1, end - start - 1)).Split((char[]?)null,
            StringSplitOptions.RemoveEmptyEntries);
        var title = secrets.Clean(string.Join(" ", words));
        return title.Length == 0 ? null : Printable.Line(title.Length > 200 ? title.Substring(0, 200) + "…" : title);
    }

    // {"errors":[{"code":…,"message":…}]} of Falcon and GraphQL, {"message":…} of Axiom, {"error_description":…} of OAuth2.
    private static string? Json(string text)
    {
        try
        {
            using var document = AnswerJson.Parse(text);
            var root = document.RootElement;
            if (AnswerJson.Member(root, "errors") is { ValueKind: JsonValueKind.Array } errors)
            {
                var messages = errors.EnumerateArray().Select(e => AnswerJson.Text(e, "message")).OfType<string>().ToList();
                if (messages.Count > 0)
                    return string.Join("; ", messages);
            }
            return AnswerJson.Text(root, "message") ?? AnswerJson.Text(root, "error_description") ?? AnswerJson.Text(root, "error");
        }
        catch (JsonException)
        {
            // The JSON was cut, or the text is not JSON. It is shown as it is.
            return null;
        }
    }
}
