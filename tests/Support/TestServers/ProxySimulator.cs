using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using LogScalePaging.Simulator;
using LogScalePaging.Simulator.Http;
using LogScalePaging.Simulator.Routes;

namespace LogScalePaging.TestServers;

/// <summary>A forward proxy on the loopback address, for plain requests and for tunnels. Thread safe.</summary>
public sealed class ProxySimulator : IDisposable
{
    private readonly HttpListenerLoop _listener;
    private readonly ConcurrentQueue<string> _requests = new();
    private int _denied;

    private ProxySimulator(ProxyOptions options)
    {
        Options = options;
        _listener = new HttpListenerLoop(0, new SimulatorClock(new SimulatorOptions()), ServeAsync);
        Url = new Uri("http://127.0.0.1:" + _listener.Port.ToString(CultureInfo.InvariantCulture));
    }

    public Uri Url { get; }

    public ProxyOptions Options { get; }

    /// <summary>Every request: method and target host, without path.</summary>
    public IReadOnlyList<string> Requests => [.. _requests];

    /// <summary>Number of requests without the right credentials.</summary>
    public int Denied => Volatile.Read(ref _denied);

    public static ProxySimulator Start(ProxyOptions? options = null) => new(options ?? new ProxyOptions());

    public void Dispose() => _listener.Dispose();

    private async Task<bool> ServeAsync(HttpRequest request, HttpConnection connection, CancellationToken cancellation)
    {
        var tunnel = request.Method == "CONNECT";
        var target = tunnel ? request.Path : request.Header("Host") ?? "";
        _requests.Enqueue(request.Method + " " + target);
        var answer = Answer(request, tunnel);
        if (answer is not null)
        {
            await connection.Writer.SendAsync(answer, request.KeepAlive, null, null, cancellation).ConfigureAwait(false);
            return request.KeepAlive;
        }
        var colon = target.LastIndexOf(':');
        using var server = new TcpClient();
        await server.ConnectAsync(target.Substring(0, colon),
            int.Parse(target.Substring(colon + 1), CultureInfo.InvariantCulture)).ConfigureAwait(false);
        using var stream = server.GetStream();
        if (tunnel)
            await WriteAsync(connection.Stream, "HTTP/1.1 200 Connection established\r\n\r\n", cancellation).ConfigureAwait(false);
        else
            await ForwardAsync(request, stream, cancellation).ConfigureAwait(false);
        var down = stream.CopyToAsync(connection.Stream, 16 * 1024, cancellation);
        if (tunnel)
            await Task.WhenAny(down, connection.Stream.CopyToAsync(stream, 16 * 1024, cancellation)).ConfigureAwait(false);
        else
            await down.ConfigureAwait(false);
        return false;
    }

    private HttpResponse? Answer(HttpRequest request, bool tunnel)
    {
        if (Options.User is { } user
            && request.Header("Proxy-Authorization") != "Basic "
                + Convert.ToBase64String(Encoding.UTF8.GetBytes(user + ":" + Options.Password)))
        {
            Interlocked.Increment(ref _denied);
            var refusal = HttpResponse.Text(407, "Sign in first");
            foreach (var scheme in Options.Schemes)
                refusal.With("Proxy-Authenticate", scheme == "Basic" ? "Basic realm=\"corporate proxy\"" : scheme);
            return refusal;
        }
        return Options.Mode switch
        {
            ProxyMode.Refuse => HttpResponse.Text(403, "This address is not allowed here"),
            ProxyMode.SignInPage when !tunnel => HttpResponse.Html(Pages.SignIn),
            _ => null,
        };
    }

    // The server closes the connection after its answer, so the end of the connection is the end of the answer.
    private static async Task ForwardAsync(HttpRequest request, Stream server, CancellationToken cancellation)
    {
        var head = new StringBuilder();
        head.Append(request.Method).Append(' ').Append(request.Path).Append(request.Query.Length > 0 ? "?" : "").Append(request.Query)
            .Append(" HTTP/1.1\r\n");
        foreach (var header in request.Headers)
        {
            if (!header.Key.StartsWith("Proxy-", StringComparison.OrdinalIgnoreCase)
                && header.Key is not ("Connection" or "Content-Length" or "Transfer-Encoding"))
                head.Append(header.Key).Append(": ").Append(header.Value).Append("\r\n");
        }
        head.Append("Content-Length: ").Append(request.Body.Length.ToString(CultureInfo.InvariantCulture)).Append(
            "\r\nConnection: close\r\n\r\n");
        await WriteAsync(server, head.ToString(), cancellation).ConfigureAwait(false);
        await server.WriteAsync(request.Body, 0, request.Body.Length, cancellation).ConfigureAwait(false);
    }

    private static Task WriteAsync(Stream stream, string text, CancellationToken cancellation)
    {
        var bytes = Encoding.ASCII.GetBytes(text);
        return stream.WriteAsync(bytes, 0, bytes.Length, cancellation);
    }
}
