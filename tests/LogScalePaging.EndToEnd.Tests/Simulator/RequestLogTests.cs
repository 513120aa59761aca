using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Simulator;

public sealed class RequestLogTests
{
    [Fact]
    public async Task Every_request_is_recorded_with_what_was_answered()
    {
        using var client = new SimulatorClient();
        var seen = new List<string>();
        client.Server.RequestHandled += r => seen.Add(r.ToString());

        var id = await client.CreateAsync("*");
        await client.PollAsync(id, "?paginationLimit=5&sortBy=a%20b");
        await client.PollAsync(id, "?onlyHeartbeat=true");
        await client.DeleteJobAsync(id);
        await client.DeleteJobAsync(id);

        var requests = client.Server.Requests;
        Assert.Equal([RequestKind.Create, RequestKind.Poll, RequestKind.Heartbeat, RequestKind.Delete, RequestKind.Delete],
            requests.Select(r => r.Kind));
        Assert.Equal([200, 200, 200, 204, 404], requests.Select(r => r.Status));
        Assert.Equal([1, 2, 3, 4, 5], requests.Select(r => r.Number));
        Assert.All(requests, r => Assert.Equal(id, r.JobId));
        Assert.All(requests, r => Assert.True(r.HasAuthorization));
        Assert.Equal("POST", requests[0].Method);
        Assert.Contains("\"queryString\":\"*\"", requests[0].Body, StringComparison.Ordinal);
        Assert.EndsWith($"/queryjobs/{id}?paginationLimit=5&sortBy=a%20b", requests[1].PathAndQuery, StringComparison.Ordinal);
        Assert.True(requests[0].Time >= SimulatorClient.Noon);
        Assert.Equal(requests.Select(r => r.ToString()), seen);
        Assert.Equal(5, client.Server.RequestCount);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task The_log_is_bounded(int limit)
    {
        using var client = new SimulatorClient(o => o.RequestLogLimit = limit);

        for (var i = 0; i < 3; i++)
            await client.GetJobAsync($"{i}");

        Assert.Equal(limit, client.Server.Requests.Count);
        Assert.Equal(3, client.Server.RequestCount);
        Assert.Equal(limit == 0 ? [] : ["1", "2"], client.Server.Requests.Select(r => r.JobId));
    }
}
