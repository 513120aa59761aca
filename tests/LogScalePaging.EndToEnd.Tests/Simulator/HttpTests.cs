using System.Net.Sockets;
using System.Text;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Simulator;

/// <summary>What clients may send by the letter of HTTP/1.1, over a bare socket.</summary>
public sealed class HttpTests : IDisposable
{
    private const string Create =
        "POST /api/v1/repositories/demo/queryjobs HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer simulator-token\r\n";
    private readonly LogScaleSimulator _server = LogScaleSimulator.Start(new SimulatorOptions { EventCount = 0 });
    private readonly TcpClient _socket = new();

    public HttpTests() => _socket.Connect(_server.BaseUrl.Host, _server.BaseUrl.Port);

    public void Dispose()
    {
        _socket.Dispose();
        _server.Dispose();
    }

    [Fact]
    public async Task A_body_may_come_in_chunks_and_in_small_pieces()
    {
        var request = Create
            + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\nA;x=y\r\n{\"queryStr\r\n8\r\ning\":\"*\"\r\n1\r\n}\r\n0\r\nTrailer: "
            + "t\r\n\r\n";
        foreach (var piece in request.Chunk(7).Select(c => new string(c)))
            await SendAsync(piece);

        Assert.StartsWith("HTTP/1.1 200 OK\r\n", await ReadToEndAsync(), StringComparison.Ordinal);
        Assert.Equal("{\"queryString\":\"*\"}", _server.Requests[0].Body);
    }

    [Fact]
    public async Task A_client_may_ask_before_it_sends_its_body()
    {
        await SendAsync(Create + "Content-Length: 19\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n");
        var first = new byte[25];
        await _socket.GetStream().ReadExactlyAsync(first);
        await SendAsync("{\"queryString\":\"*\"}");

        Assert.Equal("HTTP/1.1 100 Continue\r\n\r\n", Encoding.ASCII.GetString(first));
        Assert.StartsWith("HTTP/1.1 200 OK\r\n", await ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_serves_one_request_after_the_other()
    {
        await SendAsync(
            "GET /api/v1/status HTTP/1.1\r\nHost: x\r\n\r\nGET /api/v1/status HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

        var answers = await ReadToEndAsync();

        Assert.Equal(3, answers.Split("HTTP/1.1 200 OK").Length);
        Assert.Contains("Connection: keep-alive", answers, StringComparison.Ordinal);
        Assert.Contains("Connection: close", answers, StringComparison.Ordinal);
        Assert.Contains("\r\nDate: ", answers, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_proxy_names_the_host_in_the_target()
    {
        await SendAsync($"GET {_server.BaseUrl}api/v1/status HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

        Assert.Contains("\"status\":\"OK\"", await ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hello\r\n\r\n")]
    [InlineData("GET / HTTP/2.0\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nno colon\r\n\r\n")]
    [InlineData("POST / HTTP/1.1\r\nContent-Length: many\r\n\r\n")]
    [InlineData("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")]
    public async Task Anything_but_http_is_refused(string text)
    {
        await SendAsync(text);

        Assert.StartsWith("HTTP/1.1 400 Bad Request\r\n", await ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_clients_are_served_at_once()
    {
        using var http = new HttpClient { BaseAddress = _server.BaseUrl };

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => http.GetStringAsync("/api/v1/status")));

        Assert.Single(answers.Distinct());
        Assert.Equal(100, _server.RequestCount);
    }

    private async Task SendAsync(string text) => await _socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text));

    private async Task<string> ReadToEndAsync()
    {
        using var reader = new StreamReader(_socket.GetStream(), Encoding.ASCII);
        return await reader.ReadToEndAsync();
    }
}
