using LogScalePaging.EndToEnd.Tests.Gateway;
using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.LogScale.Jobs;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Simulator;
using LogScalePaging.Transport.Errors;
using LogScalePaging.Transport.Limits;

namespace LogScalePaging.EndToEnd.Tests.Walk;

/// <summary>Answers that are small on the wire and large when they are unpacked, and answers that come without end.</summary>
public sealed class AnswerLimitTests
{
    private const long Huge = 300L << 20;
    private const string Megabyte = "1,048,576 bytes";

    [Fact]
    public async Task A_create_answer_that_unpacks_to_much_is_given_up_after_a_megabyte()
    {
        using var bench = new TestBench().Fill(5);
        bench.Server.Faults.Add(Fault.Bomb("{\"id\":\"", "a", "\"}", Huge), RequestKind.Create);
        var failure = await FailAsync(bench, client => client.CreateAsync(new QueryJobSpec("*"), default));
        AssertGivenUp(failure, Megabyte);
        AssertRead(bench, AnswerLimits.SmallBytes);
        Assert.Equal(1, bench.Server.Faults.FaultsInjected);
    }

    [Fact]
    public async Task A_delete_answer_that_unpacks_to_much_is_given_up_after_a_megabyte()
    {
        using var bench = new TestBench().Fill(5);
        bench.Server.Faults.Add(Fault.Bomb("{\"a\":\"", "a", "\"}", Huge), RequestKind.Delete);
        AssertGivenUp(await FailAsync(bench, client => DeleteAsync(client, "some-job")), Megabyte);
        AssertRead(bench, AnswerLimits.SmallBytes);
    }

    [Fact]
    public async Task A_token_that_unpacks_to_much_is_given_up_after_a_megabyte()
    {
        using var bench = new GatewayBench();
        using var connection = bench.Connect();
        bench.Server.Faults.Add(Fault.Bomb("{\"access_token\":\"", "a", "\"}", Huge), RequestKind.Token);
        var failure = await Assert.ThrowsAsync<ApiException>(() => GatewayBench.AskAsync(connection));
        AssertGivenUp(failure, Megabyte);
        Assert.Equal(1, bench.Server.Faults.FaultsInjected);
    }

    [Fact]
    public async Task A_poll_answer_with_too_many_rows_is_given_up_with_the_number()
    {
        using var bench = new TestBench().Fill(5);
        bench.Server.Faults.Add(Fault.Bomb("{\"done\":true,\"events\":[{}", ",{}", "]}", 70_000_000L * 3), RequestKind.Poll);
        AssertGivenUp(await FailAsync(bench, client => PollAsync(client, new PollOptions { Limit = 200 })), "200,200 rows");
        AssertRead(bench, 1 << 20);
        bench.Server.Faults.Clear();
        bench.Server.Faults.Add(Fault.Bomb("{\"done\":true,\"events\":[{}", ",{}", "]}", 70_000_000L * 3), RequestKind.Poll);
        AssertGivenUp(await FailAsync(bench, client => PollAsync(client, new PollOptions())), "400,000 rows");
    }

    [Theory]
    [InlineData("{\"done\":true,\"events\":[{\"a\":\"", "a", "\"}]}", "16,777,216 bytes")]
    [InlineData("{\"done\":true,\"metaData\":{\"fieldOrder\":[1", ",1", "]}}", "16,777,216 bytes")]
    [InlineData("{\"done\":true,\"x\":1", ",\"x\":1", "}", "83,886,080 bytes")]
    [InlineData("{\"done\":true", " ", "}", "16,777,216 bytes")]
    public async Task A_poll_answer_that_is_too_large_is_given_up_with_the_number(string before, string filling, string after,
        string number)
    {
        using var bench = new TestBench().Fill(5);
        bench.Server.Faults.Add(Fault.Bomb(before, filling, after, Huge), RequestKind.Poll);
        AssertGivenUp(await FailAsync(bench, client => PollAsync(client, new PollOptions())), number);
        AssertRead(bench, 110L << 20);
    }

    [Fact]
    public async Task Metadata_that_is_too_large_is_given_up_with_the_number()
    {
        using var bench = new TestBench().Fill(5);
        bench.Server.Faults.Add(Fault.Bomb("{\"done\":true,\"metaData\":{\"fieldOrder\":[1", ",1", "]}}", 5 << 20), RequestKind.Poll);
        AssertGivenUp(await FailAsync(bench, client => PollAsync(client, new PollOptions())), Megabyte);
    }

    [Fact]
    public async Task An_aggregate_of_200_000_rows_is_read()
    {
        using var bench = new TestBench(new SimulatorOptions { AggregateRowLimit = 200_000 });
        bench.Server.Events.Add(Enumerable.Range(0, 200_000).Select(i => TestBench.Event(i, TestBench.Newest - i)));
        var outcome = await bench.WalkAsync(TestBench.Spec("* | groupBy(n, limit=max)"));
        Assert.Equal(200_000, outcome.Events.Count);
        Assert.Null(outcome.Error);
    }

    [Fact]
    public async Task A_whole_answer_of_large_rows_is_given_up_with_advice()
    {
        using var bench = new TestBench().Fill(5);
        var row = $",{{\"a\":\"{new string('a', 4096)}\"}}";
        bench.Server.Faults.Add(Fault.Bomb("{\"done\":true,\"events\":[{}", row, "]}", 200_000L * row.Length), RequestKind.Poll);
        var failure = await FailAsync(bench, client => PollAsync(client, new PollOptions()));
        AssertGivenUp(failure, "83,886,080 bytes");
        Assert.Contains("keep fewer fields with select", failure.Message, StringComparison.Ordinal);
        AssertRead(bench, AnswerLimits.PollBytes);
    }

    [Theory]
    [InlineData(200, 18_874_368)]
    [InlineData(4_000, 18_874_368)]
    [InlineData(10_000, 40_960_000)]
    [InlineData(200_000, 83_886_080)]
    public async Task A_page_of_large_rows_is_bounded_by_the_rows_that_were_asked_for(int asked, long bytes)
    {
        using var bench = new TestBench().Fill(5);
        bench.Server.Faults.Add(Fault.Bomb("{\"done\":true,\"x\":1", ",\"x\":1", "}", Huge), RequestKind.Poll);
        AssertGivenUp(await FailAsync(bench, client => PollAsync(client, new PollOptions { Limit = asked })),
            FormattableString.Invariant($"{bytes:N0} bytes"));
        AssertRead(bench, bytes);
    }

    [Fact]
    public async Task A_server_that_sends_its_whole_buffer_for_a_page_is_read()
    {
        using var bench = new TestBench().Fill(5);
        var rows = string.Join(',', Enumerable.Repeat("{\"a\":\"b\"}", 200_000));
        bench.Server.Faults.Add(Fault.Answer(200, System.Text.Encoding.UTF8.GetBytes($"{{\"done\":true,\"events\":[{rows}]}}"),
            ("Content-Type", "application/json")), RequestKind.Poll);
        var answer = await PollAsync(bench.Connection.Client(bench.Signals), new PollOptions { Limit = 1 });
        Assert.Equal(200_000, answer.Events.Count);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(403)]
    public async Task An_error_that_is_sent_a_byte_a_second_is_reported_by_its_status_after_a_minute(int status)
    {
        // A hundred times as fast: a minute takes less than a second.
        var time = new FastTimeProvider(100);
        using var bench = new TestBench(new SimulatorOptions(),
            o => o with { Time = time, MaxRetryCount = 0, Timeout = TimeSpan.FromSeconds(60) }).Fill(5);
        bench.Server.Faults.Add(Fault.Status(status, new string('x', 100_000)).At(10), RequestKind.Create);
        var started = time.GetTimestamp();
        var failure = await FailAsync(bench, client => client.CreateAsync(new QueryJobSpec("*"), default));
        Assert.Equal(status, failure.Status);
        Assert.InRange(time.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromMinutes(10));
    }

    [Fact]
    public async Task A_create_answer_that_comes_a_byte_a_second_is_given_up_after_a_minute()
    {
        using var bench = new TestBench(new SimulatorOptions(),
            o => o with { Time = new FastTimeProvider(100), MaxRetryCount = 0, Timeout = TimeSpan.FromSeconds(60) }).Fill(5);
        bench.Server.Faults.Add(Fault.Status(200, $"{{\"id\":\"{new string('x', 100_000)}\"}}", ("Content-Type", "application/json"))
            .At(10), RequestKind.Create);
        var failure = await FailAsync(bench, client => client.CreateAsync(new QueryJobSpec("*"), default));
        Assert.Equal(ApiErrorKind.Timeout, failure.Kind);
        Assert.Contains("within 60 s", failure.Message, StringComparison.Ordinal);
    }

    private static void AssertGivenUp(ApiException failure, string number)
    {
        Assert.Equal(ApiErrorKind.InvalidAnswer, failure.Kind);
        Assert.Contains(number, failure.Message, StringComparison.Ordinal);
        // It would be the same again.
        Assert.False(failure.IsTransient);
        Assert.Equal(1, failure.Attempts);
    }

    private static void AssertRead(TestBench bench, long most) =>
        Assert.InRange(bench.Connection.Transport.Counters.BytesReceived, 1, most + (256 << 10));

    private static Task<ApiException> FailAsync(TestBench bench, Func<QueryJobClient, Task> work) =>
        Assert.ThrowsAsync<ApiException>(() => work(bench.Connection.Client(bench.Signals)));

    private static Task DeleteAsync(QueryJobClient client, string id) => client.DeleteAsync(id, default);

    private static async Task<QueryResult> PollAsync(QueryJobClient client, PollOptions options) =>
        await client.PollAsync(await client.CreateAsync(new QueryJobSpec("*"), default), options, default);
}
