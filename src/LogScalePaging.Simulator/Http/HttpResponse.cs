using LogScalePaging.Simulator.Events;

namespace LogScalePaging.Simulator.Http;

/// <summary>An answer before it is sent.</summary>
internal sealed class HttpResponse(int status, string? contentType, ResponseBody body)
{
    public int Status { get; } = status;

    public string? ContentType { get; } = contentType;

    public ResponseBody Body { get; } = body;

    public List<KeyValuePair<string, string>> Headers { get; } = [];

    /// <summary>Whether to send chunks although the length is known.</summary>
    public bool Chunked { get; init; }

    public static HttpResponse Text(int status, string text) => new(status, "text/plain; charset=UTF-8", new BytesBody(Utf8.Bytes(text)));

    public static HttpResponse Json(byte[] json) => new(200, "application/json", new BytesBody(json));

    public static HttpResponse Html(string html) => new(200, "text/html; charset=UTF-8", new BytesBody(Utf8.Bytes(html)));

    public static HttpResponse Empty(int status) => new(status, null, new BytesBody([]));

    /// <summary>The same after a byte order mark.</summary>
    public HttpResponse Marked()
    {
        var marked = new HttpResponse(Status, ContentType, new MarkedBody(Body)) { Chunked = Chunked };
        marked.Headers.AddRange(Headers);
        return marked;
    }

    public HttpResponse With(string header, string value)
    {
        Headers.Add(new(header, value));
        return this;
    }
}
