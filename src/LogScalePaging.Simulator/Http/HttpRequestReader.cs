using System.Globalization;
using System.Text;

namespace LogScalePaging.Simulator.Http;

/// <summary>Reads requests, one after the other, from a connection.</summary>
internal sealed class HttpRequestReader(Stream stream)
{
    private const int MaxHead = 64 * 1024;
    private const int MaxBody = 64 * 1024 * 1024;

    private byte[] _buffer = new byte[8 * 1024];
    private int _start;
    private int _end;

    /// <returns>The next request; null if the client closed the connection.</returns>
    /// <exception cref="HttpFormatException">The bytes are not a request.</exception>
    public async Task<HttpRequest?> ReadAsync(CancellationToken cancellation)
    {
        int headLength;
        while ((headLength = HeadLength()) < 0)
        {
            if (_end - _start > MaxHead)
                throw new HttpFormatException("The head of the request is too long");
            if (!await FillAsync(cancellation).ConfigureAwait(false))
                return _end == _start ? null : throw new HttpFormatException("The request ends early");
        }
        var lines = Encoding.ASCII.GetString(_buffer, _start, headLength).Split(["\r\n"], StringSplitOptions.RemoveEmptyEntries);
        _start += headLength;

        var first = lines.Length == 0 ? [] : lines[0].Split(' ');
        if (first.Length != 3 || !first[2].StartsWith("HTTP/1.", StringComparison.Ordinal))
            throw new HttpFormatException("Not an HTTP/1 request");
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in lines.Skip(1))
        {
            var colon = line.IndexOf(':');
            if (colon < 1)
                throw new HttpFormatException("Not a header: " + line);
            headers[line.Substring(0, colon).Trim()] = line.Substring(colon + 1).Trim();
        }

        var body = await BodyAsync(headers, cancellation).ConfigureAwait(false);
        // A target in a proxy's form has the host too.
        var target = first[1].StartsWith("http", StringComparison.OrdinalIgnoreCase)
            && Uri.TryCreate(first[1], UriKind.Absolute, out var uri) ? uri.PathAndQuery : first[1];
        var mark = target.IndexOf('?');
        var close = headers.TryGetValue("Connection", out var connection) && connection.Has("close");
        return new HttpRequest
        {
            Method = first[0],
            Path = mark < 0 ? target : target.Substring(0, mark),
            Query = mark < 0 ? "" : target.Substring(mark + 1),
            Headers = headers,
            Body = body,
            KeepAlive = !close && first[2] == "HTTP/1.1",
        };
    }

    private async Task<byte[]> BodyAsync(Dictionary<string, string> headers, CancellationToken cancellation)
    {
        var chunked = headers.TryGetValue("Transfer-Encoding", out var encoding) && encoding.Has("chunked");
        var length = 0;
        if (!chunked && headers.TryGetValue("Content-Length", out var text)
            && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out length) || length > MaxBody))
        {
            throw new HttpFormatException("Bad Content-Length: " + text);
        }
        if (!chunked && length == 0)
            return [];
        if (headers.TryGetValue("Expect", out var expect) && expect.Equals("100-continue", StringComparison.OrdinalIgnoreCase))
        {
            var goOn = Encoding.ASCII.GetBytes("HTTP/1.1 100 Continue\r\n\r\n");
            await stream.WriteAsync(goOn, 0, goOn.Length, cancellation).ConfigureAwait(false);
        }
        if (!chunked)
        {
            var body = new byte[length];
            await TakeAsync(body, cancellation).ConfigureAwait(false);
            return body;
        }
        using var whole = new MemoryStream();
        while (true)
        {
            var size = (await LineAsync(cancellation).ConfigureAwait(false)).Split(';')[0].Trim();
            if (!int.TryParse(size, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var count) || count < 0
                || whole.Length + count > MaxBody)
                throw new HttpFormatException("Bad chunk size: " + size);
            if (count == 0)
                break;
            var chunk = new byte[count];
            await TakeAsync(chunk, cancellation).ConfigureAwait(false);
            whole.Write(chunk, 0, count);
            await LineAsync(cancellation).ConfigureAwait(false);
        }
        while ((await LineAsync(cancellation).ConfigureAwait(false)).Length > 0)
        {
            // Trailers are not used.
        }
        return whole.ToArray();
    }

    /// <summary>The length of the head with its final empty line; -1 if it is not complete yet.</summary>
    private int HeadLength()
    {
        // A line end after the previous request is skipped.
        while (_start < _end && _buffer[_start] is (byte)'\r' or (byte)'\n')
            _start++;
        var at = _buffer.AsSpan(_start, _end - _start).IndexOf("\r\n\r\n"u8);
        return at < 0 ? -1 : at + 4;
    }

    private async Task<string> LineAsync(CancellationToken cancellation)
    {
        int at;
        while ((at = _buffer.AsSpan(_start, _end - _start).IndexOf("\r\n"u8)) < 0)
        {
            if (_end - _start > MaxHead || !await FillAsync(cancellation).ConfigureAwait(false))
                throw new HttpFormatException("A line of the request does not end");
        }
        var line = Encoding.ASCII.GetString(_buffer, _start, at);
        _start += at + 2;
        return line;
    }

    private async Task TakeAsync(byte[] target, CancellationToken cancellation)
    {
        var have = Math.Min(target.Length, _end - _start);
        Buffer.BlockCopy(_buffer, _start, target, 0, have);
        _start += have;
        while (have < target.Length)
        {
            var read = await stream.ReadAsync(target, have, target.Length - have, cancellation).ConfigureAwait(false);
            if (read == 0)
                throw new HttpFormatException("The body ends early");
            have += read;
        }
    }

    private async Task<bool> FillAsync(CancellationToken cancellation)
    {
        if (_start > 0)
        {
            Buffer.BlockCopy(_buffer, _start, _buffer, 0, _end - _start);
            _end -= _start;
            _start = 0;
        }
        if (_end == _buffer.Length)
            Array.Resize(ref _buffer, _buffer.Length * 2);
        var read = await stream.ReadAsync(_buffer, _end, _buffer.Length - _end, cancellation).ConfigureAwait(false);
        _end += read;
        return read > 0;
    }
}
