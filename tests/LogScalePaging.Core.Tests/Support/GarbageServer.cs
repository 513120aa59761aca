using System.Net;
using System.Net.Sockets;

namespace LogScalePaging.Core.Tests.Support;

/// <summary>Answers whatever comes with something that is no protocol.</summary>
internal sealed class GarbageServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public GarbageServer()
    {
        _listener.Start();
        Url = new Uri($"https://localhost:{((IPEndPoint)_listener.LocalEndpoint).Port}/");
        _ = ServeAsync();
    }

    public Uri Url { get; }

    public void Dispose() => _listener.Stop();

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var socket = await _listener.AcceptSocketAsync();
                await socket.ReceiveAsync(new byte[1]);
                await socket.SendAsync("hello, this is a printer\r\n"u8.ToArray());
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }
}
