using System.Text;
using System.Text.Json;
using LogScalePaging.Core.Tests.Support;
using LogScalePaging.LogScale.Streaming;
using LogScalePaging.Transport.Errors;

namespace LogScalePaging.Core.Tests.LogScale;

public sealed class EventStreamReaderTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(17)]
    [InlineData(4_096)]
    [InlineData(1_000_000)]
    public async Task Events_of_a_stream_are_the_same_in_pieces_of_any_size(int piece)
    {
        string[] lines =
        [
            """{"@id":"1","@timestamp":3,"t":"a\nb"}""",
            $$"""{"@id":"2","@timestamp":2,"t":"{{new string('x', 150_000)}}"}""",
            """{"@id":"3","@timestamp":1}""",
        ];
        var bytes = Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n");
        var body = new HandedStream();
        for (var at = 0; at < bytes.Length; at += piece)
            body.Hand(bytes.AsMemory(at, Math.Min(piece, bytes.Length - at)));
        body.End();
        var read = new List<string>();
        await EventStreamReader.ReadAsync(body, events =>
        {
            read.AddRange(events.Select(e => e.ToString()));
            return true;
        }, default);
        Assert.Equal(lines, read);
    }

    [Fact]
    public async Task A_stream_cut_within_an_event_is_an_error_but_between_two_events_it_is_not()
    {
        var bytes = Encoding.UTF8.GetBytes("{\"@id\":\"1\"}\n{\"@id\":\"2\"}\n");
        for (var length = 0; length <= bytes.Length; length++)
        {
            var read = 0;
            var reading = EventStreamReader.ReadAsync(new MemoryStream(bytes, 0, length), events => (read += events.Count) > 0, default);
            if (length is 0 or 11 or 12 or 23 or 24)
                await reading;
            else
                await Assert.ThrowsAsync<JsonException>(() => reading);
            Assert.Equal((length >= 11 ? 1 : 0) + (length >= 23 ? 1 : 0), read);
        }
    }

    [Theory]
    [InlineData(1_000)]
    [InlineData(1_000_000)]
    public async Task Endless_blanks_are_an_error_and_some_blanks_are_not(int piece)
    {
        var body = new HandedStream();
        body.Hand("{\"@id\":\"1\"}" + new string('\n', 60_000) + "{\"@id\":\"2\"}");
        for (var sent = 0; sent < 1_000_000; sent += piece)
            body.Hand(new string(' ', piece));
        var read = 0;
        await Assert.ThrowsAsync<AnswerLimitException>(
            () => EventStreamReader.ReadAsync(body, events => (read += events.Count) > 0, default).WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.Equal(2, read);
    }

    [Fact]
    public async Task Disposing_does_not_wait_for_more_events()
    {
        var body = new HandedStream();
        body.Hand("{\"@id\":\"1\"}\n");
        await EventStreamReader.ReadAsync(body, _ => false, default);
        Assert.Equal(0, body.UnderWay);
    }
}
