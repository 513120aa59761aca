using System.Globalization;
using System.Text;

namespace LogScalePaging.Simulator.Http;

/// <summary>Sends answers.</summary>
internal sealed class HttpResponseWriter(Stream stream, SimulatorClock clock)
{
    private static readonly Dictionary<int, string> Reasons = new()
    {
        [200] = "OK",
        [201] = "Created",
        [204] = "No Content",
        [302] = "Found",
        [308] = "Permanent Redirect",
        [400] = "Bad Request",
        [401] = "Unauthorized",
        [403] = "Forbidden",
        [404] = "Not Found",
        [405] = "Method Not Allowed",
        [407] = "Proxy Authentication Required",
        [429] = "Too Many Requests",
        [500] = "Internal Server Error",
        [502] = "Bad Gateway",
        [503] = "Service Unavailable",
        [504] = "Gateway Timeout",
    };

    /// <param name="fault">A fault of the body. Other faults are ignored.</param>
    /// <exception cref="ConnectionCutException">The answer was cut on purpose: close the connection.</exception>
    public async Task SendAsync(HttpResponse response, bool keepAlive, string? encoding, Fault? fault, CancellationToken cancellation)
    {
        var hasBody = response.Status is not (204 or 304 or < 200);
        var compressed = hasBody && encoding is not null && response.Body.Length > 0;
        var chunked = hasBody && (response.Chunked || compressed);
        var head = Head(response, keepAlive, chunked, compressed ? encoding : null, hasBody);

        // Only the body is slow. The client's time limit for the body begins with its head.
        var slow = fault is { BytesPerSecond: > 0 };
        if (slow)
            await stream.WriteAsync(head, 0, head.Length, cancellation).ConfigureAwait(false);
        // Never disposed: that would flush to a connection that a fault has closed.
        var output = new BufferedStream(slow ? new SlowStream(stream, fault!.BytesPerSecond, clock) : stream, 16 * 1024);
        if (!slow)
            await output.WriteAsync(head, 0, head.Length, cancellation).ConfigureAwait(false);
        if (hasBody)
        {
            Stream body = output;
            if (fault?.Kind == FaultKind.CutBody)
                body = new CutStream(output,
                    Math.Min((long)(response.Body.Length * fault.Fraction), Math.Max(0, response.Body.Length - 1)));
            var chunks = chunked ? new ChunkedStream(body) : null;
            await SendBodyAsync(response.Body, chunks ?? body, compressed ? encoding : null, cancellation).ConfigureAwait(false);
            if (chunks is not null)
                await chunks.FinishAsync(cancellation).ConfigureAwait(false);
        }
        await output.FlushAsync(cancellation).ConfigureAwait(false);
    }

    private static async Task SendBodyAsync(ResponseBody body, Stream target, string? encoding, CancellationToken cancellation)
    {
        if (encoding is null)
        {
            await body.WriteAsync(target, cancellation).ConfigureAwait(false);
            return;
        }
        var compressor = Compressor.Wrap(target, encoding);
#if NET
        await using (compressor.ConfigureAwait(false))
#else
        using (compressor)
#endif
            await body.WriteAsync(compressor, cancellation).ConfigureAwait(false);
    }

    private byte[] Head(HttpResponse response, bool keepAlive, bool chunked, string? encoding, bool hasBody)
    {
        var head = new StringBuilder();
        head.Append("HTTP/1.1 ").Append(response.Status.ToString(CultureInfo.InvariantCulture)).Append(' ')
            .Append(Reasons.TryGetValue(response.Status, out var reason) ? reason : "Status").Append("\r\n");
        if (!response.Headers.Exists(h => h.Key == "Date"))
            Add("Date", clock.HeaderNow.ToString("r", CultureInfo.InvariantCulture));
        Add("Connection", keepAlive ? "keep-alive" : "close");
        Add("X-Content-Type-Options", "nosniff");
        if (response.ContentType is not null)
            Add("Content-Type", response.ContentType);
        if (encoding is not null)
            Add("Content-Encoding", encoding);
        if (chunked)
            Add("Transfer-Encoding", "chunked");
        else if (hasBody)
            Add("Content-Length", response.Body.Length.ToString(CultureInfo.InvariantCulture));
        foreach (var header in response.Headers)
            Add(header.Key, header.Value);
        return Encoding.ASCII.GetBytes(head.Append("\r\n").ToString());

        void Add(string name, string value) => head.Append(name).Append(": ").Append(value).Append("\r\n");
    }
}
