using LogScalePaging.Transport.Http;
using LogScalePaging.Transport.Tokens;
#if !NETSTANDARD_ENGINE
using System.Net.Sockets;
using LogScalePaging.Core.Tests.Support;
#endif

namespace LogScalePaging.Core.Tests.Transport;

public sealed class HandlerTests
{
#if !NETSTANDARD_ENGINE
    [Fact]
    public async Task A_changed_DNS_entry_is_used_after_the_lifetime_of_a_connection()
    {
        using var before = new ScriptedServer { Otherwise = Replies.Text(200, "before") };
        using var after = new ScriptedServer { Otherwise = Replies.Text(200, "after") };
        var options = new ApiTransportOptions
        {
            BaseUrl = new Uri("http://logscale.example/"),
            Tokens = new StaticTokenSource(Rig.Secret(Rig.Token))
        };
        using var handler = Assert.IsType<SocketsHttpHandler>(HandlerFactory.Create(options, null, new ConnectionCounters()));
        // For ever, the framework's own choice, would stay with the old address.
        Assert.InRange(handler.PooledConnectionLifetime, TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(10));

        // The pool goes by a clock that no test can move: here a connection's life is over with its request.
        handler.PooledConnectionLifetime = TimeSpan.Zero;
        var port = before.Port;
        handler.ConnectCallback = async (context, stop) =>
        {
            Assert.Equal("logscale.example", context.DnsEndPoint.Host);
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync("localhost", port, stop);
            return new NetworkStream(socket, ownsSocket: true);
        };
        using var client = new HttpClient(handler);
        Assert.Equal("before", await client.GetStringAsync(options.BaseUrl).WaitAsync(Rig.Guard));
        port = after.Port;
        Assert.Equal("after", await client.GetStringAsync(options.BaseUrl).WaitAsync(Rig.Guard));
    }
#else
    [Fact]
    public void A_changed_DNS_entry_is_used_after_the_lifetime_of_a_connection()
    {
        var options = new ApiTransportOptions { BaseUrl = new Uri("http://logscale.example/"), Tokens = new StaticTokenSource(Rig.Secret(Rig.Token)) };
        using var handler = Assert.IsType<HttpClientHandler>(HandlerFactory.Create(options, null, new ConnectionCounters()));
        // HttpClientHandler has no such setting: .NET Framework keeps it with the address.
#pragma warning disable SYSLIB0014 // .NET calls it obsolete; the engine for .NET Framework needs it.
        var lease = System.Net.ServicePointManager.FindServicePoint(options.BaseUrl, handler.Proxy).ConnectionLeaseTimeout;
#pragma warning restore SYSLIB0014
        Assert.InRange(lease, 30_000, 600_000);
        // .NET Framework's own limit is two.
        Assert.InRange(handler.MaxConnectionsPerServer, 64, int.MaxValue);
    }
#endif
}
