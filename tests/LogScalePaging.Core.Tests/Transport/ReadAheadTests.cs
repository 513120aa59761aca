using System.Text;
using LogScalePaging.Core.Tests.Support;
using LogScalePaging.Transport.Http;

namespace LogScalePaging.Core.Tests.Transport;

public sealed class ReadAheadTests
{
    [Fact]
    public async Task The_next_bytes_come_while_the_first_are_worked_on()
    {
        var body = new HandedStream();
        await using var ahead = new ReadAhead(body, default);
        body.Hand("first");
        Assert.True(await ahead.MoreAsync(0));
        await body.Asked(2);
        body.Hand("second");
        Assert.Equal("first", Text(ahead));
        Assert.True(await ahead.MoreAsync(2));
        Assert.Equal("rstsecond", Text(ahead));
        body.End();
        Assert.False(await ahead.MoreAsync(6));
        Assert.Equal("ond", Text(ahead));
        Assert.Equal(1, body.MostAtOnce);
    }

    [Fact]
    public async Task An_error_is_thrown_after_the_pages_before_it()
    {
        var body = new HandedStream();
        await using var ahead = new ReadAhead(body, default);
        body.Hand("whole");
        body.Fail(new IOException("broken"));
        Assert.True(await ahead.MoreAsync(0));
        Assert.Equal("whole", Text(ahead));
        Assert.Equal("broken", (await Assert.ThrowsAsync<IOException>(async () => await ahead.MoreAsync(5))).Message);
    }

    [Fact]
    public async Task Disposal_ends_a_running_read()
    {
        var body = new HandedStream();
        var ahead = new ReadAhead(body, default);
        body.Hand("some");
        Assert.True(await ahead.MoreAsync(0));
        await body.Asked(2);
        Assert.Equal(1, body.UnderWay);
        await ahead.DisposeAsync();
        Assert.Equal(0, body.UnderWay);
    }

    [Fact]
    public async Task An_error_of_an_abandoned_read_is_ignored()
    {
        var body = new HandedStream();
        var ahead = new ReadAhead(body, default);
        body.Hand("some");
        body.Fail(new IOException("broken"));
        Assert.True(await ahead.MoreAsync(0));
        await ahead.DisposeAsync();
    }

    [Fact]
    public async Task The_callers_cancellation_ends_a_wait()
    {
        using var stop = new CancellationTokenSource();
        await using var ahead = new ReadAhead(new HandedStream(), stop.Token);
        var more = ahead.MoreAsync(0);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await more);
    }

    // Any cut of the body, any use of what came: what is used is the body, byte for byte, and what is left is its end.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task Nothing_is_lost_for_any_number_of_used_bytes(int seed)
    {
        var random = new Random(seed);
        var bytes = new byte[random.Next(1, 3_000_000)];
        random.NextBytes(bytes);
        var body = new HandedStream();
        for (var at = 0; at < bytes.Length;)
        {
            var count = Math.Min(bytes.Length - at, random.Next(1, 200_000));
            body.Hand(bytes.AsMemory(at, count));
            at += count;
        }
        body.End();
        await using var ahead = new ReadAhead(body, default);
        var seen = 0;
        for (var used = 0; await ahead.MoreAsync(used);)
        {
            Assert.True(bytes.AsSpan(seen, ahead.Bytes.Length).SequenceEqual(ahead.Bytes.Span),
                $"seed {seed}: not the body's bytes from {seen} on");
            // Nothing for a while now and then, as when a large value comes.
            used = random.Next(3) == 0 ? random.Next(ahead.Bytes.Length + 1) : 0;
            seen += used;
        }
        Assert.True(bytes.AsSpan(seen).SequenceEqual(ahead.Bytes.Span), $"seed {seed}: not the body's end from {seen} on");
        Assert.Equal(1, body.MostAtOnce);
    }

    [Fact]
    public async Task A_large_value_is_looked_at_a_few_times_and_not_with_every_packet()
    {
        var body = new HandedStream();
        for (var packet = 0; packet < 1_000; packet++)
            body.Hand(new byte[10_000]);
        body.End();
        await using var ahead = new ReadAhead(body, default);
        var looks = 0;
        while (await ahead.MoreAsync(0))
            looks++;
        Assert.Equal(10_000_000, ahead.Bytes.Length);
        Assert.InRange(looks, 2, 40);
    }

    private static string Text(ReadAhead ahead) => Encoding.UTF8.GetString(ahead.Bytes.Span);
}
