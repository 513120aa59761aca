using LogScalePaging.EndToEnd.Tests.Support;

namespace LogScalePaging.EndToEnd.Tests.Simulator;

public sealed class JobLifeTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task An_untouched_job_dies_after_its_lifetime()
    {
        using var client = new SimulatorClient(o => o.TimeProvider = _time);
        var id = await client.CreateAsync("*");

        _time.Advance(TimeSpan.FromSeconds(80));
        await client.PollAsync(id);
        _time.Advance(TimeSpan.FromSeconds(80));
        await client.PollAsync(id, "?onlyHeartbeat=true");
        _time.Advance(TimeSpan.FromSeconds(80));
        Assert.Equal(1, client.Server.LiveJobCount);
        _time.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal(0, client.Server.LiveJobCount);

        var response = await client.GetJobAsync(id);
        Assert.Equal(404, (int)response.StatusCode);
        Assert.Equal("text/plain", response.Content.Headers.ContentType!.MediaType);
        Assert.True(client.Server.Jobs[0].IsExpired);
    }

    [Fact]
    public async Task A_live_job_has_its_own_lifetime()
    {
        using var client = new SimulatorClient(
            o => (o.TimeProvider, o.JobLifetime, o.LiveJobLifetime) = (_time, TimeSpan.FromSeconds(30), TimeSpan.FromHours(1)));
        var live = await client.CreateAsync("*", more: ",\"isLive\":true");
        var other = await client.CreateAsync("*");

        _time.Advance(TimeSpan.FromSeconds(31));

        Assert.Equal(404, (int)(await client.GetJobAsync(other)).StatusCode);
        Assert.Equal(200, (int)(await client.GetJobAsync(live)).StatusCode);
        _time.Advance(TimeSpan.FromMinutes(61));
        Assert.Equal(404, (int)(await client.GetJobAsync(live)).StatusCode);
    }

    [Fact]
    public async Task Deleting_answers_204_then_404()
    {
        using var client = new SimulatorClient();
        var id = await client.CreateAsync("*");

        var response = await client.DeleteJobAsync(id);
        Assert.Equal(204, (int)response.StatusCode);
        Assert.Equal("", await response.Content.ReadAsStringAsync());
        Assert.Equal(404, (int)(await client.DeleteJobAsync(id)).StatusCode);
        Assert.Equal(404, (int)(await client.GetJobAsync(id)).StatusCode);
        Assert.True(client.Server.Jobs[0].IsDeleted);
    }

    [Fact]
    public async Task A_gateway_answers_a_delete_with_200_and_nothing()
    {
        using var client = new SimulatorClient(o => o.DeleteAnswersOk = true);

        var response = await client.DeleteJobAsync(await client.CreateAsync("*"));

        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal("", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task There_is_a_limit_to_jobs()
    {
        using var client = new SimulatorClient(o => o.MaxJobs = 2);
        var first = await client.CreateAsync("*");
        await client.CreateAsync("*");

        var refused = await client.PostJobAsync("""{"queryString":"*"}""");
        Assert.Equal(429, (int)refused.StatusCode);
        Assert.NotNull(refused.Headers.RetryAfter);
        await client.DeleteJobAsync(first);
        await client.CreateAsync("*");
        Assert.Equal(2, client.Server.PeakJobCount);
        Assert.Equal(2, client.Server.LiveJobCount);
        Assert.Equal(3, client.Server.Jobs.Count);
    }

    [Fact]
    public async Task All_jobs_can_be_killed_and_forgotten()
    {
        using var client = new SimulatorClient();
        var id = await client.CreateAsync("*");

        client.Server.ExpireAllJobs();
        Assert.Equal(404, (int)(await client.GetJobAsync(id)).StatusCode);
        Assert.Single(client.Server.Jobs);

        client.Server.Reset();
        Assert.Empty(client.Server.Jobs);
        Assert.Empty(client.Server.Requests);
        Assert.Equal(0, client.Server.RequestCount);
        Assert.Equal(2_000, client.Server.Events.Count);
    }
}
