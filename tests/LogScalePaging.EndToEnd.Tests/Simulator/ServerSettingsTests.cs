using System.IO.Compression;
using System.Net.Sockets;
using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Simulator;

public sealed class ServerSettingsTests
{
    [Fact]
    public void A_port_can_be_asked_for_and_is_taken_then()
    {
        using var client = new SimulatorClient();
        var port = client.Server.BaseUrl.Port;

        var taken = Assert.Throws<SimulatorPortException>(
            () => LogScaleSimulator.Start(new SimulatorOptions { Port = port, EventCount = 0 }));
        Assert.Equal(SocketError.AddressAlreadyInUse, taken.SocketErrorCode);
        Assert.Contains(FormattableString.Invariant($"Port {port} of 127.0.0.1"), taken.Message, StringComparison.Ordinal);
        client.Server.Dispose();
        using var again = LogScaleSimulator.Start(new SimulatorOptions { Port = port, EventCount = 0 });
        Assert.Equal($"http://127.0.0.1:{port}/", again.BaseUrl.ToString());
    }

    [Fact]
    public async Task Latency_delays_each_request()
    {
        var time = new ManualTimeProvider();
        using var client = new SimulatorClient(o => (o.TimeProvider, o.Latency) = (time, TimeSpan.FromSeconds(3)));

        var request = client.GetJobAsync("x");
        await time.TimerStartedAsync();
        time.Advance(TimeSpan.FromSeconds(2.9));
        Assert.Empty(client.Server.Requests);
        time.Advance(TimeSpan.FromSeconds(0.1));

        Assert.Equal(404, (int)(await request).StatusCode);
    }

    [Fact]
    public async Task A_rate_limit_holds_for_each_second()
    {
        var time = new ManualTimeProvider();
        using var client = new SimulatorClient(o => (o.TimeProvider, o.RateLimitPerSecond) = (time, 2));

        int[] statuses = [.. await Statuses(3)];
        time.Advance(TimeSpan.FromSeconds(1));
        HttpResponseMessage[] next = [await client.GetJobAsync("x"), await client.GetJobAsync("x"), await client.GetJobAsync("x")];

        Assert.Equal([404, 404, 429], statuses);
        Assert.Equal([404, 404, 429], next.Select(r => (int)r.StatusCode));
        Assert.Equal(TimeSpan.FromSeconds(1), next[2].Headers.RetryAfter!.Delta);

        async Task<List<int>> Statuses(int count)
        {
            var list = new List<int>();
            for (var i = 0; i < count; i++)
                list.Add((int)(await client.GetJobAsync("x")).StatusCode);
            return list;
        }
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    [InlineData("identity")]
    [InlineData("gzip;q=0, deflate")]
    public async Task Answers_are_compressed_if_the_client_accepts_it(string accept)
    {
        using var client = new SimulatorClient(o => o.Compression = true);
        client.Http.DefaultRequestHeaders.TryAddWithoutValidation("Accept-Encoding", accept);

        var response = await client.PostQueryAsync("""{"queryString":"*","start":0}""");
        var encoding = response.Content.Headers.ContentEncoding.SingleOrDefault();
        var body = await response.Content.ReadAsStreamAsync();
        using var reader = new StreamReader(encoding switch
        {
            "gzip" => new GZipStream(body, CompressionMode.Decompress),
            "deflate" => new ZLibStream(body, CompressionMode.Decompress),
            "br" => new BrotliStream(body, CompressionMode.Decompress),
            _ => body,
        });

        Assert.Equal(accept == "identity" ? null : accept.Split(' ')[^1], encoding);
        Assert.Equal(string.Concat(client.Server.Events.Matching().Select(e => e + "\n")), await reader.ReadToEndAsync());
    }

    [Fact]
    public async Task Answers_are_not_compressed_by_default()
    {
        using var client = new SimulatorClient();
        client.Http.DefaultRequestHeaders.TryAddWithoutValidation("Accept-Encoding", "gzip");

        Assert.Empty((await client.GetJobAsync(await client.CreateAsync("*"))).Content.Headers.ContentEncoding);
    }

    [Fact]
    public async Task Late_events_appear_after_a_number_of_jobs()
    {
        using var client = new SimulatorClient(
            o => (o.TimeProvider, o.LateArrivals) = (new ManualTimeProvider(), [new LateArrival(2, TimeSpan.FromHours(2), 5)]));

        var first = await client.CreateAsync("*| count()");
        var second = await client.CreateAsync("* | count()");
        var third = await client.CreateAsync("* | count()");

        Assert.Equal(["2000"], SimulatorClient.Values(await client.PollAsync(first), "_count"));
        Assert.Equal(["2000"], SimulatorClient.Values(await client.PollAsync(second), "_count"));
        Assert.Equal(["2005"], SimulatorClient.Values(await client.PollAsync(third), "_count"));
        var twoHoursAgo = SimulatorClient.NowMs - 7_200_000;
        Assert.Equal(5, client.Server.Events.CountMatching($"#event_simpleName=ProcessRollup2 @ingesttimestamp={SimulatorClient.NowMs}",
            twoHoursAgo, twoHoursAgo + 1));
        Assert.Equal(2_005, client.Server.Events.Matching("groupBy([@id])").Count);
    }

    [Fact]
    public async Task Late_events_may_wait_for_a_number_of_requests()
    {
        using var client = new SimulatorClient(
            o => o.LateArrivals = [new LateArrival(0, TimeSpan.Zero, 1) { AfterRequests = 2 },
                new LateArrival(0, TimeSpan.Zero, 1) { AfterRequests = 3 }]);

        await client.GetJobAsync("x");
        Assert.Equal(2_000, client.Server.Events.Count);
        await client.GetJobAsync("x");
        Assert.Equal(2_001, client.Server.Events.Count);
        await client.GetJobAsync("x");
        await client.GetJobAsync("x");
        Assert.Equal(2_002, client.Server.Events.Count);
    }

    [Fact]
    public void The_clock_starts_at_now_and_runs_with_the_provider()
    {
        var time = new ManualTimeProvider(new DateTimeOffset(2030, 5, 5, 0, 0, 0, TimeSpan.Zero));
        var store = EventStore.Generate(new SimulatorOptions { TimeProvider = time, EventCount = 100 });

        Assert.Equal(100,
            store.CountMatching("*", time.GetUtcNow().AddHours(-24).ToUnixTimeMilliseconds(), time.GetUtcNow().ToUnixTimeMilliseconds()));
    }
}
