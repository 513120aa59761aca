using System.Text;
using System.Text.Json;
using LogScalePaging.LogScale.Jobs;

namespace LogScalePaging.Core.Tests.LogScale;

public sealed class QueryResultReaderTests
{
    /// <summary>The shape that a server of version 1.9 was recorded with.</summary>
    private const string Recorded = """
        {"cancelled":false,"done":true,"events":[
         {"@timestamp":1585145569394,"#type":"kv","#repo":"sandbox","@timezone":"Z","@rawstring":"192.168.1..21 - user2 \"POST /humio\" 200","@id":"S3YGAIjgBoxgXJCIm8IV9Ic2_0_7_1585145569"},
         {"@timestamp":1585145569394,"TargetProcessId":"18446744073709551615","@ingesttimestamp":"1585145569400","@id":"S3YGAIjgBoxgXJCIm8IV9Ic2_0_6_1585145569"}],
         "metaData":{"eventCount":64,"extraData":{"hasMoreEvents":"false"},"filterQuery":{"queryString":"*","end":1585146792830,"start":1585060392830},"isAggregate":false,"pollAfter":19736,"processedBytes":10816,"processedEvents":64,"queryEnd":1585146792830,"queryStart":1585060392830,"resultBufferSize":64,"timeMillis":8,"totalWork":2,"warnings":[],"workDone":2}}
        """;

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100_000)]
    public async Task The_recorded_shape_is_read_in_pieces_of_any_size(int piece)
    {
        var result = await Read(Recorded, piece);
        Assert.True(result.Done);
        Assert.False(result.Cancelled);
        Assert.Equal(["S3YGAIjgBoxgXJCIm8IV9Ic2_0_7_1585145569", "S3YGAIjgBoxgXJCIm8IV9Ic2_0_6_1585145569"],
            result.Events.Select(e => e.Id));
        Assert.All(result.Events, e => Assert.Equal(1585145569394, e.Timestamp));
        Assert.Equal([null, 1585145569400L], result.Events.Select(e => e.IngestTimestamp));
        Assert.Equal(
            """{"@timestamp":1585145569394,"TargetProcessId":"18446744073709551615","@ingesttimestamp":"1585145569400","@id":"S3YGAIjgBoxgXJCIm8IV9Ic2_0_6_1585145569"}""", result.Events[1].ToString());
        var meta = result.Metadata;
        Assert.Equal((64L, false, false), (meta.EventCount!.Value, meta.HasMoreEvents!.Value, meta.IsAggregate));
        Assert.Equal((1585060392830, 1585146792830), (meta.QueryStart!.Value, meta.QueryEnd!.Value));
        Assert.Equal(TimeSpan.FromMilliseconds(19736), meta.PollAfter);
        Assert.Equal(1.0, meta.Progress);
    }

    [Fact]
    public async Task A_body_cut_at_any_byte_is_never_a_result()
    {
        var bytes = Encoding.UTF8.GetBytes(Recorded);
        for (var length = 0; length < bytes.Length; length++)
            await Assert.ThrowsAnyAsync<JsonException>(() => QueryResultReader.ReadAsync(new MemoryStream(bytes, 0, length), default));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("\"text\"")]
    [InlineData("{\"events\":[]}")]
    [InlineData("{\"done\":true,\"events\":[1]}")]
    [InlineData("{\"done\":true,\"events\":[]}{}")]
    [InlineData("<html></html>")]
    public async Task Anything_but_a_poll_answer_is_refused(string body) =>
        await Assert.ThrowsAnyAsync<JsonException>(() => Read(body, 100));

    [Theory]
    [InlineData(64)]
    [InlineData(100_000)]
    public async Task Values_of_any_depth_are_read(int depth)
    {
        var deep = $"{new string('[', depth)}{new string(']', depth)}";
        var result = await Read(
            $$"""{"x":{{deep}},"done":true,"events":[{"@id":"a","deep":{{deep}}}],"metaData":{"eventCount":1,"deep":{{deep}}},"errors":[]}""", 1000);
        Assert.Equal($$"""{"@id":"a","deep":{{deep}}}""", Assert.Single(result.Events).ToString());
        Assert.Equal(1, result.Metadata.EventCount);
    }

    [Fact]
    public async Task Members_come_in_any_order_and_unknown_ones_are_passed_over()
    {
        var result = await Read(
            """{"x":{"events":[{"a":1}]},"metaData":{"extraData":{"hasMoreEvents":"true"}},"events":[{"@id":"a"}],"y":[[],{}],"done":true,"cancelled":true}""", 3);
        Assert.True(result.Cancelled);
        Assert.True(result.Metadata.HasMoreEvents);
        Assert.Equal("a", Assert.Single(result.Events).Id);
    }

    [Fact]
    public async Task An_event_is_one_line_with_its_bytes_kept()
    {
        var result = await Read(
            "{\"done\":true,\"events\":[{\r\n  \"@id\": \"i\\u0041\",\n \"t\": \"line\\nbreak \\u2028 \u00e4 "
                + "\U0001F600\",\n\"n\":{\"a\":[1,\n2.50]} },{\"c\":[\r1]}]}", 5);
        var e = result.Events[0];
        // Text that was on separate lines is behind spaces now, so that the offset of every other byte is the same.
        Assert.Equal("{    \"@id\": \"i\\u0041\",  \"t\": \"line\\nbreak \\u2028 \u00e4 \U0001F600\", \"n\":{\"a\":[1, 2.50]} }",
            e.ToString());
        Assert.Equal("{\"c\":[ 1]}", result.Events[1].ToString());
        Assert.Equal("iA", e.Id);
    }

    [Fact]
    public async Task An_event_larger_than_any_buffer()
    {
        var text = new string('x', 3_000_000);
        var result = await Read($$"""{"done":true,"events":[{"@id":"big","t":"{{text}}"},{"@id":"next"}]}""", 64_000);
        Assert.Equal(["big", "next"], result.Events.Select(e => e.Id));
        Assert.Equal(text.Length + 20, result.Events[0].Utf8.Length);
    }

    [Fact]
    public async Task Identity_is_read_from_the_top_level_only_and_may_be_missing()
    {
        var result = await Read(
            """{"done":true,"events":[{"nested":{"@id":"no","@timestamp":1}},{"@id":7,"@timestamp":"1585145569394"},{"@id":"","@timestamp":"x"},{}]}""", 9);
        Assert.All(result.Events, e => Assert.Null(e.Id));
        Assert.Equal([null, 1585145569394L, null, null], result.Events.Select(e => e.Timestamp));
    }

    [Theory]
    [InlineData("""["text"]""", "text")]
    [InlineData("""[{"category":"Limit","classification":"w","code":"c","message":"cut at 10"}]""", "Limit: cut at 10")]
    [InlineData("""[{"odd":1}]""", """{"odd":1}""")]
    public async Task Warnings_of_old_and_new_servers(string warnings, string expected)
    {
        var result = await Read("{\"done\":true,\"events\":[],\"metaData\":{\"warnings\":" + warnings + "}}", 50);
        Assert.Equal(expected, Assert.Single(result.Metadata.Warnings));
    }

    [Theory]
    [InlineData("""{"done":true}""")]
    [InlineData("""{"done":true,"events":null}""")]
    [InlineData("""{"done":true,"events":{}}""")]
    [InlineData("""{"done":true,"events":"none"}""")]
    public async Task A_finished_job_without_a_list_of_events_is_an_error(string body)
    {
        var e = await Assert.ThrowsAsync<System.Text.Json.JsonException>(() => Read(body, 50));
        Assert.Contains("no list of events", e.Message, StringComparison.Ordinal);
        // A heartbeat, and a job that is still running, have none.
        Assert.True((await QueryResultReader.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(body)), default, needsEvents: false)).Done);
        Assert.False((await Read(body.Replace("true", "false", StringComparison.Ordinal), 50)).Done);
    }

    private static Task<QueryResult> Read(string body, int piece) =>
        QueryResultReader.ReadAsync(new PiecemealStream(Encoding.UTF8.GetBytes(body), piece), default);

    private sealed class PiecemealStream(byte[] bytes, int piece) : MemoryStream(bytes)
    {
        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            base.ReadAsync(buffer, offset, Math.Min(count, piece), cancellationToken);

#if NET
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, piece)], cancellationToken);
#endif
    }
}
