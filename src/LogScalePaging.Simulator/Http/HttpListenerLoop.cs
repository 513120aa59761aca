using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;

namespace LogScalePaging.Simulator.Http;

/// <summary>Accepts connections on the loopback address until it is disposed.</summary>
internal sealed class HttpListenerLoop : IDisposable
{
    private readonly Socket _listener;
    private readonly ConcurrentDictionary<Socket, Task> _clients = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly SimulatorClock _clock;
    private readonly Func<HttpRequest, HttpConnection, CancellationToken, Task<bool>> _serve;
    private readonly Func<Stream, CancellationToken, Task<Stream>>? _secure;
    private readonly Task _accepting;
    private long _accepted;

    /// <param name="secure">Adds TLS to a connection; null for plain HTTP.</param>
    /// <exception cref="SimulatorPortException">The port is taken.</exception>
    public HttpListenerLoop(int port, SimulatorClock clock, Func<HttpRequest, HttpConnection, CancellationToken, Task<bool>> serve,
        Func<Stream, CancellationToken, Task<Stream>>? secure = null)
    {
        (_clock, _serve, _secure) = (clock, serve, secure);
        _listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            _listener.Bind(new IPEndPoint(IPAddress.Loopback, port));
            _listener.Listen(512);
        }
        catch (Exception e)
        {
            _listener.Dispose();
            if (e is SocketException cause)
                throw new SimulatorPortException(port, cause);
            throw;
        }
        Port = ((IPEndPoint)_listener.LocalEndPoint!).Port;
        _accepting = Task.Run(AcceptAsync);
    }

    public int Port { get; }

    /// <summary>Number of connections so far.</summary>
    public long Accepted => Interlocked.Read(ref _accepted);

    /// <summary>Number of open connections.</summary>
    public int Open => _clients.Count;

    /// <summary>A task that ends when the connections that are open now are closed.</summary>
    public Task IdleAsync() => Task.WhenAll(_clients.Values);

    public void Dispose()
    {
        if (_stop.IsCancellationRequested)
            return;
        _stop.Cancel();
        _listener.Dispose();
        // A read of .NET Framework ignores its token, so the sockets are closed.
        foreach (var client in _clients.Keys)
            client.Dispose();
        try
        {
            Task.WaitAll([_accepting, .. _clients.Values], TimeSpan.FromSeconds(5));
        }
        catch (AggregateException)
        {
            // An exception of a subscriber ended its connection. It cannot be reported.
        }
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            Socket client;
            try
            {
                client = await _listener.AcceptAsync().ConfigureAwait(false);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                if (_stop.IsCancellationRequested)
                    return;
                continue;
            }
            client.NoDelay = true;
            Interlocked.Increment(ref _accepted);
            // The connection is registered before it runs. Otherwise it could end before it is registered.
            var start = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            _clients[client] = ServeAsync(client, start.Task);
            start.SetResult(true);
        }
    }

    private async Task ServeAsync(Socket client, Task start)
    {
        await start.ConfigureAwait(false);
        try
        {
            Stream stream = new NetworkStream(client, ownsSocket: true);
            if (_secure is not null)
                stream = await _secure(stream, _stop.Token).ConfigureAwait(false);
            using var connection = new HttpConnection(stream, () => Reset(client), _clock);
            await connection.RunAsync(_serve, _stop.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or OperationCanceledException
            or ConnectionCutException or AuthenticationException)
        {
            // The client disconnected or refused the certificate, the server stops, or a fault closed the connection.
        }
        finally
        {
            _clients.TryRemove(client, out _);
            client.Dispose();
        }
    }

    private static void Reset(Socket client)
    {
        try
        {
            client.LingerState = new LingerOption(true, 0);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The socket is closed already.
        }
        client.Dispose();
    }
}
