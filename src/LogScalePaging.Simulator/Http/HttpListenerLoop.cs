using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace LogScalePaging.Simulator.Http;

/// <summary>Accepts connections on the loopback address until it is disposed.</summary>
internal sealed class HttpListenerLoop : IDisposable
{
    private readonly Socket _listener;
    private readonly ConcurrentDictionary<Socket, Task> _clients = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly SimulatorClock _clock;
    private readonly Func<HttpRequest, HttpConnection, CancellationToken, Task<bool>> _serve;
    private readonly Task _accepting;

    /// <exception cref="SocketException">The port is taken.</exception>
    public HttpListenerLoop(int port, SimulatorClock clock, Func<HttpRequest, HttpConnection, CancellationToken, Task<bool>> serve)
    {
        (_clock, _serve) = (clock, serve);
        _listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            _listener.Bind(new IPEndPoint(IPAddress.Loopback, port));
            _listener.Listen(512);
        }
        catch
        {
            _listener.Dispose();
            throw;
        }
        Port = ((IPEndPoint)_listener.LocalEndPoint!).Port;
        _accepting = Task.Run(AcceptAsync);
    }

    public int Port { get; }

    public void Dispose()
    {
        if (_stop.IsCancellationRequested)
            return;
        _stop.Cancel();
        _listener.Dispose();
        // A read of .NET Framework does not heed its token, so the sockets are closed under it.
        foreach (Socket client in _clients.Keys)
            client.Dispose();
        try
        {
            Task.WaitAll([_accepting, .. _clients.Values], TimeSpan.FromSeconds(5));
        }
        catch (AggregateException)
        {
            // A subscriber's exception ended its connection; there is nobody here to tell.
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
            // Registered before it runs, or its end could come before its entry.
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
            using var connection = new HttpConnection(new NetworkStream(client, ownsSocket: true), () => Reset(client), _clock);
            await connection.RunAsync(_serve, _stop.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or OperationCanceledException or ConnectionCutException)
        {
            // The client went away, the server stops, or a fault wanted it so.
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
            // It is gone already.
        }
        client.Dispose();
    }
}
