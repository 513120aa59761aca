using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
#if NET
using System.Net.Security;
#endif

namespace LogScalePaging.Core.Tests.Support;

/// <summary>
/// A server on a real socket that answers by a script: the first request gets the first reply, and so on over all connections;
/// when the script is over, <see cref="Otherwise"/>. It supports only the part of HTTP/1.1 that is needed to separate requests.
/// </summary>
internal sealed class ScriptedServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<Reply> _script;
#if NET
    private readonly SslStreamCertificateContext? _tls;
#endif
    private readonly object _gate = new();
    private readonly List<ReceivedRequest> _requests = [];
    private readonly List<(int Count, TaskCompletionSource Seen)> _watchers = [];
    private int _accepted;
    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _open;

    public ScriptedServer(params Reply[] script)
    {
        _script = new ConcurrentQueue<Reply>(script);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _ = AcceptAsync();
    }

#if NET
    public ScriptedServer(SslStreamCertificateContext? tls, params Reply[] script) : this(script) => _tls = tls;
#endif

    public int Port { get; }

    public Uri Url => new($"{(HasTls ? "https" : "http")}://localhost:{Port}/");

    public Reply Otherwise { get; set; } = Replies.Text(599, "the script is over");

    /// <summary>Asked before the script; null leaves the request to it.</summary>
    public Func<ReceivedRequest, Reply?>? Route { get; set; }

    /// <summary>Whether clients are asked for a certificate.</summary>
    public bool AsksForCertificate { get; init; }

    /// <summary>Subject of the certificate that a client showed last.</summary>
    public string? ClientSubject { get; private set; }

    /// <summary>How many connections were made.</summary>
    public int Accepted => Volatile.Read(ref _accepted);

    public IReadOnlyList<ReceivedRequest> Requests
    {
        get
        {
            lock (_gate)
                return [.. _requests];
        }
    }

    /// <summary>Ends when so many requests were received.</summary>
    public Task ReceivedAsync(int count)
    {
        lock (_gate)
        {
            if (_requests.Count >= count)
                return Task.CompletedTask;
            var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _watchers.Add((count, seen));
            return seen.Task;
        }
    }

    /// <summary>Ends when the last connection was closed from the other side.</summary>
    public Task IdleAsync() => _idle.Task;

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Stop();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptSocketAsync(_stop.Token);
                Interlocked.Increment(ref _accepted);
                _ = ServeAsync(socket);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        Interlocked.Increment(ref _open);
        try
        {
            using var _ = socket;
            socket.NoDelay = true;
            using var stream = await OpenAsync(socket);
            while (await ReceiveAsync(stream) is { } request)
            {
                Record(request);
                var reply = Route?.Invoke(request) ?? Next();
                if (!await reply(stream, socket, _stop.Token))
                    break;
            }
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException
            or System.Security.Authentication.AuthenticationException)
        {
            // The client went away, which is what some tests are about.
        }
        finally
        {
            if (Interlocked.Decrement(ref _open) == 0)
                _idle.TrySetResult();
        }
    }

#if NET
    private bool HasTls => _tls is not null;

    private async Task<Stream> OpenAsync(Socket socket)
    {
        var stream = new NetworkStream(socket);
        if (_tls is null)
            return stream;
        var secure = new SslStream(stream);
        await secure.AuthenticateAsServerAsync(new SslServerAuthenticationOptions
        {
            ServerCertificateContext = _tls,
            ClientCertificateRequired = AsksForCertificate,
            RemoteCertificateValidationCallback = (_, certificate, _, _) =>
            {
                ClientSubject = certificate?.Subject;
                return AsksForCertificate || certificate is null;
            },
        }, _stop.Token);
        return secure;
    }
#else
    // No test with TLS is compiled for .NET Framework.
    private static bool HasTls => false;

    private static Task<Stream> OpenAsync(Socket socket) => Task.FromResult<Stream>(new NetworkStream(socket));
#endif

    private Reply Next() => _script.TryDequeue(out var next) ? next : Otherwise;

    private void Record(ReceivedRequest request)
    {
        lock (_gate)
        {
            _requests.Add(request);
            foreach (var (_, seen) in _watchers.Where(w => w.Count <= _requests.Count))
                seen.TrySetResult();
        }
    }

    private async Task<ReceivedRequest?> ReceiveAsync(Stream stream)
    {
        var head = new List<byte>();
        var one = new byte[1];
        while (!EndsHead(head))
        {
            if (await stream.ReadAsync(one, _stop.Token) == 0)
                return null;
            head.Add(one[0]);
        }
        var lines = Encoding.ASCII.GetString([.. head]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var first = lines[0].Split(' ');
        var headers = lines.Skip(1).Select(l => l.Split(':', 2)).ToDictionary(p => p[0], p => p[1].Trim(),
            StringComparer.OrdinalIgnoreCase);
        var body = new byte[headers.TryGetValue("Content-Length", out var length) ? int.Parse(length, CultureInfo.InvariantCulture) : 0];
        await stream.ReadExactlyAsync(body, _stop.Token);
        return new ReceivedRequest(first[0], first[1], headers, Encoding.UTF8.GetString(body));
    }

    private static bool EndsHead(List<byte> head) =>
        head.Count >= 4 && head[^4] == '\r' && head[^3] == '\n' && head[^2] == '\r' && head[^1] == '\n';
}
