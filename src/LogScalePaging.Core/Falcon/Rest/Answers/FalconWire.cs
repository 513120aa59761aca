using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using LogScalePaging.Falcon.Rest.Endpoints;
using LogScalePaging.Falcon.Rest.Strategies;
using LogScalePaging.Transport.Http;
using LogScalePaging.Transport.Limits;

namespace LogScalePaging.Falcon.Rest.Answers;

/// <summary>Converts a page request to the HTTP request of its family.</summary>
/// <param name="body">Members that the user adds to the body of a POST, as a JSON object; null for none.</param>
internal sealed class FalconWire(string? body)
{
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The request for a page.</summary>
    public ApiRequest Of(FalconPageRequest page)
    {
        var parameters = new List<(string Name, string Text, long? Number)> { ("limit", "", page.Limit) };
        if (page.Filter.Trim().Length > 0)
            parameters.Add(("filter", page.Filter, null));
        if (page.Sort is { } sort)
            parameters.Add(("sort", sort, null));
        if (page.Offset is { } offset)
            parameters.Add(("offset", "", offset));
        if (page is { Token: { Length: > 0 } token, By: { } by })
            parameters.Add((by.Parameter, token, null));
        return page.Family.IsPost
            ? new ApiRequest(HttpMethod.Post, page.Path.TrimStart('/')) { Body = Json(parameters), Answer = AnswerSize.Page }
            : new ApiRequest(HttpMethod.Get, Url(page.Path, parameters.Select(p => (p.Name, p.Number is { } number
                ? Text(number) : p.Text))))
            { Answer = AnswerSize.Page };
    }

    /// <summary>The request for the full records of some ids.</summary>
    public static ApiRequest Of(FalconDetails details, IReadOnlyList<string> ids)
    {
        if (!details.IsPost)
            return new ApiRequest(HttpMethod.Get, Url(details.Path, ids.Select(id => (details.Ids, id)))) { Answer = AnswerSize.Page };
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, s_options))
        {
            writer.WriteStartObject();
            writer.WriteStartArray(details.Ids);
            foreach (var id in ids)
                writer.WriteStringValue(id);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
        return new ApiRequest(HttpMethod.Post, details.Path.TrimStart('/')) { Body = bytes.ToArray(), Answer = AnswerSize.Page };
    }

    // Tokens contain plus signs and slashes, which must be encoded in a URL.
    private static string Url(string path, IEnumerable<(string Name, string Value)> parameters)
    {
        var url = new StringBuilder(path.TrimStart('/'));
        var separator = path.Contains("?") ? '&' : '?';
        foreach (var (name, value) in parameters)
        {
            url.Append(separator).Append(name).Append('=').Append(Uri.EscapeDataString(value));
            separator = '&';
        }
        return url.ToString();
    }

    private byte[] Json(List<(string Name, string Text, long? Number)> parameters)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, s_options))
        {
            writer.WriteStartObject();
            if (body is not null)
            {
                using var given = JsonDocument.Parse(body);
                foreach (var member in given.RootElement.EnumerateObject().Where(member => !parameters.Any(p => p.Name == member.Name)))
                    member.WriteTo(writer);
            }
            foreach (var (name, text, number) in parameters)
            {
                if (number is { } value)
                    writer.WriteNumber(name, value);
                else
                    writer.WriteString(name, text);
            }
            writer.WriteEndObject();
        }
        return bytes.ToArray();
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
