using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Simulator;

public sealed class FaultTests : IDisposable
{
    private readonly SimulatorClient _client = new();

    private FaultPlan Faults => _client.Server.Faults;

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task A_status_comes_with_its_headers_and_makes_no_job()
    {
        Faults.Add(Fault.TooManyRequests(7), RequestKind.Create);

        var response = await _client.PostJobAsync("""{"queryString":"*"}""");

        Assert.Equal(429, (int)response.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(7), response.Headers.RetryAfter!.Delta);
        Assert.Empty(_client.Server.Jobs);
        Assert.Equal(FaultKind.Status, _client.Server.Requests[0].Fault!.Kind);
        await _client.CreateAsync("*");
        Assert.Equal(1, Faults.FaultsInjected);
    }

    [Fact]
    public async Task Retry_after_may_be_a_date_and_a_body_may_be_json()
    {
        Faults.Add(Fault.TooManyRequestsUntil(SimulatorClient.Noon));
        Faults.Add(Fault.Status(503, "{}", ("Content-Type", "application/json"), ("X-Cs-TraceId", "t")));

        Assert.Equal(SimulatorClient.Noon, (await _client.GetJobAsync("x")).Headers.RetryAfter!.Date);
        var second = await _client.GetJobAsync("x");
        Assert.Equal(503, (int)second.StatusCode);
        Assert.Equal("application/json", second.Content.Headers.ContentType!.MediaType);
        Assert.Equal("t", second.Headers.GetValues("X-Cs-TraceId").Single());
    }

    [Theory]
    [InlineData(FaultKind.ResetBefore, 0)]
    [InlineData(FaultKind.ResetAfter, 1)]
    public async Task A_reset_leaves_a_job_or_not(FaultKind kind, int jobs)
    {
        Faults.Add(Fault.Of(kind), RequestKind.Create);

        var e = await Assert.ThrowsAsync<HttpRequestException>(() => _client.PostJobAsync("""{"queryString":"*"}"""));

        Assert.Equal(SocketError.ConnectionReset,
            Assert.IsType<SocketException>(e.InnerException?.InnerException ?? e.InnerException).SocketErrorCode);
        Assert.Equal(jobs, _client.Server.Jobs.Count);
        Assert.Null(_client.Server.Requests[0].Status);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    [InlineData(1)]
    public async Task A_body_ends_early(double fraction)
    {
        var id = await _client.CreateAsync("*");
        var whole = (await _client.GetJobAsync(id)).Content.Headers.ContentLength!.Value;
        Faults.Add(Fault.CutBody(fraction), RequestKind.Poll);

        var response = await _client.Http.GetAsync($"/api/v1/repositories/demo/queryjobs/{id}", HttpCompletionOption.ResponseHeadersRead);
        (var read, var failed) = await ReadAsync(response);

        Assert.True(failed);
        Assert.InRange(response.Content.Headers.ContentLength!.Value, whole - 10, whole + 10);
        Assert.InRange(read, (long)(whole * fraction) - 10, (long)(whole * fraction) + 10);
    }

    [Fact]
    public async Task A_stream_of_chunks_ends_early()
    {
        Faults.Add(Fault.CutBody(0.5), RequestKind.Query);

        (var read, var failed) = await ReadAsync(await _client.PostQueryAsync("""{"queryString":"*","start":0}"""));

        Assert.True(failed);
        Assert.True(read > 100_000);
    }

    [Fact]
    public async Task A_hung_request_ends_with_the_client_or_the_server()
    {
        Faults.Add(Fault.Hang, times: 2);
        using var patience = new CancellationTokenSource();
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _client.Server.RequestHandled += _ => seen.TrySetResult();

        Task hung = _client.Http.GetAsync("/api/v1/status", patience.Token);
        await seen.Task;
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => hung);

        seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        hung = _client.Http.GetAsync("/api/v1/status");
        await seen.Task;
        _client.Server.Dispose();
        await Assert.ThrowsAsync<HttpRequestException>(() => hung);
    }

    [Fact]
    public async Task A_sign_in_page_comes_in_place_of_an_answer()
    {
        Faults.Add(Fault.Html);

        var response = await _client.PostJobAsync("""{"queryString":"*"}""");

        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal("text/html", response.Content.Headers.ContentType!.MediaType);
        Assert.Contains("Sign in", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_dies_right_before_a_poll()
    {
        var id = await _client.CreateAsync("*");
        Faults.Add(Fault.ExpireJob, RequestKind.Poll, nth: 2);

        Assert.Equal(200, (int)(await _client.GetJobAsync(id)).StatusCode);
        Assert.Equal(404, (int)(await _client.GetJobAsync(id)).StatusCode);
        Assert.Equal(404, (int)(await _client.GetJobAsync(id)).StatusCode);
    }

    [Fact]
    public async Task A_result_may_be_cancelled_empty_or_not_done_once_more()
    {
        var id = await _client.CreateAsync("*");
        Faults.Add(Fault.CancelledResult);
        Faults.Add(Fault.EmptyWithMore);
        Faults.Add(Fault.NotDone);

        JsonNode cancelled = await _client.PollAsync(id), empty = await _client.PollAsync(id), notDone = await _client.PollAsync(id),
            whole = await _client.PollAsync(id);

        Assert.Equal("True True 0", Summary(cancelled));
        Assert.Equal("False True 0", Summary(empty));
        Assert.Equal("true", SimulatorClient.HasMore(empty));
        Assert.Equal("False False 0", Summary(notDone));
        Assert.True(notDone["metaData"]!["workDone"]!.GetValue<int>() < notDone["metaData"]!["totalWork"]!.GetValue<int>());
        Assert.Equal("False True 200", Summary(whole));

        static string Summary(JsonNode poll) =>
            $"{poll["cancelled"]!.GetValue<bool>()} {poll["done"]!.GetValue<bool>()} {poll["events"]!.AsArray().Count}";
    }

    [Fact]
    public async Task Json_may_be_garbled()
    {
        Faults.Add(Fault.WrongJson);

        var text = await (await _client.GetJobAsync("x")).Content.ReadAsStringAsync();

        Assert.ThrowsAny<JsonException>(() => JsonNode.Parse(text));
    }

    [Fact]
    public async Task A_body_may_be_slow()
    {
        var time = new ManualTimeProvider();
        using var client = new SimulatorClient(o => o.TimeProvider = time);
        var id = await client.CreateAsync("*");
        client.Server.Faults.Add(Fault.SlowBody(1_000_000), RequestKind.Poll);

        var poll = client.GetJobAsync(id);
        while (!poll.IsCompleted)
        {
            await Task.WhenAny(time.TimerStartedAsync(), poll);
            time.Advance(TimeSpan.FromMilliseconds(100));
        }

        Assert.Equal(200, JsonNode.Parse(await (await poll).Content.ReadAsStringAsync())!["events"]!.AsArray().Count);
        Assert.True(time.GetUtcNow() > SimulatorClient.Noon);
    }

    [Fact]
    public async Task Rules_are_counted_by_kind_and_conditions()
    {
        Faults.Add(new FaultRule { Fault = Fault.Status(500), Kind = RequestKind.Status, Nth = 2, Times = 2 });
        Faults.Add(new FaultRule { Fault = Fault.Status(502), When = r => r.JobId == "special", Times = int.MaxValue });

        var statuses = new List<int>();
        foreach (var path in new[] { "status", "repositories/demo/queryjobs/special", "status", "status", "status",
            "repositories/demo/queryjobs/special", "repositories/demo/queryjobs/x" })
            statuses.Add((int)(await _client.Http.GetAsync("/api/v1/" + path)).StatusCode);

        Assert.Equal([200, 502, 500, 500, 200, 502, 404], statuses);
        Assert.Equal(4, Faults.Log.Count);
        Assert.Equal("#3 GET /api/v1/status: Status 500", Faults.Log[1].ToString());
        Assert.Equal(["#2", "#3", "#4", "#6"], Faults.ToString().Split('\n').Select(l => l[..2]));
        Faults.Clear();
        Assert.Equal(404, (int)(await _client.GetJobAsync("special")).StatusCode);
    }

    [Fact]
    public async Task A_random_plan_is_repeatable_and_keeps_its_rate()
    {
        int[] first = await RunAsync(), second = await RunAsync();

        Assert.Equal(first, second);
        Assert.InRange(first.Count(s => s != 200), 40, 110);
        Assert.Contains(503, first);

        static async Task<int[]> RunAsync()
        {
            using var client = new SimulatorClient(
                o => (o.EventCount, o.Faults) = (0,
                    FaultPlan.Random(42, 0.25, FaultKind.Status, FaultKind.ResetBefore, FaultKind.CancelledResult)));
            var statuses = new List<int>();
            for (var i = 0; i < 400; i++)
            {
                try
                {
                    statuses.Add((int)(await client.Http.GetAsync("/api/v1/status")).StatusCode);
                }
                catch (HttpRequestException)
                {
                    statuses.Add(0);
                }
            }
            return [.. statuses];
        }
    }

    private static async Task<(long Read, bool Failed)> ReadAsync(HttpResponseMessage response)
    {
        long read = 0;
        using var body = await response.Content.ReadAsStreamAsync();
        var buffer = new byte[16 * 1024];
        try
        {
            int count;
            while ((count = await body.ReadAsync(buffer)) > 0)
                read += count;
            return (read, false);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            return (read, true);
        }
    }
}
