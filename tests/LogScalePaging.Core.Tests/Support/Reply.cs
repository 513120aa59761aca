using System.Globalization;
using System.IO.Compression;
using System.Net.Sockets;
using System.Text;

namespace LogScalePaging.Core.Tests.Support;

/// <summary>What a <see cref="ScriptedServer"/> does with one request. True: the connection stays open.</summary>
internal delegate Task<bool> Reply(Stream stream, Socket socket, CancellationToken stop);

/// <summary>The replies that scripts are made of.</summary>
internal static class Replies
{
    public static Reply Json(string body, params string[] headers) => Answer(200, body, ["Content-Type: application/json", .. headers]);

    public static Reply Status(int status, params string[] headers) => Answer(status, "", headers);

    public static Reply Text(int status, string body, params string[] headers) =>
        Answer(status, body, ["Content-Type: text/plain", .. headers]);

    public static Reply Html(int status, string body) => Answer(status, body, ["Content-Type: text/html; charset=utf-8"]);

    public static Reply Answer(int status, string body, params string[] headers) => Answer(status, Encoding.UTF8.GetBytes(body), headers);

    public static Reply Answer(int status, byte[] body, params string[] headers) =>
        Raw(true, [.. Head(status, [$"Content-Length: {body.Length}", .. headers]), .. body]);

    /// <summary>The same with a packed body.</summary>
    public static Reply Packed(string body, string encoding)
    {
        using var packed = new MemoryStream();
        using (var packer = Packer(packed, encoding))
            packer.Write(Encoding.UTF8.GetBytes(body));
        return Answer(200, packed.ToArray(), "Content-Type: application/json", $"Content-Encoding: {encoding}");
    }

    /// <summary>A body that ends sooner than its length says.</summary>
    public static Reply CutAt(int sent, string body) =>
        Raw(false, [.. Head(200, ["Content-Type: application/json", $"Content-Length: {body.Length}"]),
            .. Encoding.UTF8.GetBytes(body[..sent])]);

    /// <summary>Chunks without the last one.</summary>
    public static Reply CutChunks(string chunk) =>
        Raw(false, [.. Head(200, ["Content-Type: application/json", "Transfer-Encoding: chunked"]), .. Chunk(chunk)]);

    public static Reply Chunks(params string[] chunks) =>
        Raw(true, [.. Head(200, ["Content-Type: application/json", "Transfer-Encoding: chunked"]), .. chunks.SelectMany(Chunk),
            .. Chunk("")]);

    public static Reply Close() => (_, _, _) => Task.FromResult(false);

    public static Reply Reset() => (_, socket, _) =>
    {
        socket.LingerState = new LingerOption(true, 0);
        socket.Close();
        return Task.FromResult(false);
    };

    /// <summary>Sends the bytes, if any, and then nothing until the server is closed.</summary>
    public static Reply Hang(params byte[] first) => async (stream, _, stop) =>
    {
        await stream.WriteAsync(first, stop);
        await stream.FlushAsync(stop);
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop);
        return false;
    };

    public static Reply Raw(bool keepOpen, byte[] bytes) => async (stream, _, stop) =>
    {
        await stream.WriteAsync(bytes, stop);
        await stream.FlushAsync(stop);
        return keepOpen;
    };

    public static byte[] Head(int status, params string[] headers) =>
        Encoding.ASCII.GetBytes(string.Join("\r\n", [$"HTTP/1.1 {status} Scripted", .. headers, "", ""]));

    private static Stream Packer(Stream target, string encoding) => encoding switch
    {
        "gzip" => new GZipStream(target, CompressionLevel.Fastest),
#if NET
        "br" => new BrotliStream(target, CompressionLevel.Fastest),
#endif
        _ => throw new ArgumentOutOfRangeException(nameof(encoding), encoding, "There is no packer for this encoding."),
    };

    private static byte[] Chunk(string text) =>
        Encoding.UTF8.GetBytes($"{Encoding.UTF8.GetByteCount(text).ToString("x", CultureInfo.InvariantCulture)}\r\n{text}\r\n");
}
