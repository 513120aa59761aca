using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using LogScalePaging.LogScale;
using LogScalePaging.Transport;

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
    public async Task A_break_shows_after_all_that_came_before_it()
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
    public async Task Who_leaves_ends_the_read_that_is_under_way()
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
    public async Task A_break_that_nobody_waits_for_is_nobodys()
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
    public async Task Nothing_is_lost_however_much_of_it_is_used_at_a_time(int seed)
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
            Assert.True(bytes.AsSpan(seen, ahead.Bytes.Length).SequenceEqual(ahead.Bytes.Span), $"seed {seed}: not the body's bytes from {seen} on");
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
    public async Task A_stream_that_is_cut_within_an_event_is_an_error_and_between_two_it_is_not()
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

    [Fact]
    public async Task A_stream_whose_events_are_not_wanted_any_more_is_not_waited_for()
    {
        var body = new HandedStream();
        body.Hand("{\"@id\":\"1\"}\n");
        await EventStreamReader.ReadAsync(body, _ => false, default);
        Assert.Equal(0, body.UnderWay);
    }

    private static string Text(ReadAhead ahead) => Encoding.UTF8.GetString(ahead.Bytes.Span);

    /// <summary>Hands out what a test gives it, when the test gives it.</summary>
    private sealed class HandedStream : Stream
    {
        private readonly Channel<object> _steps = Channel.CreateUnbounded<object>();
        private readonly SemaphoreSlim _asked = new(0);
        private ReadOnlyMemory<byte> _left;
        private int _underWay;

        public int UnderWay => _underWay;

        public int MostAtOnce { get; private set; }

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public void Hand(string text) => Hand(Encoding.UTF8.GetBytes(text));

        public void Hand(ReadOnlyMemory<byte> bytes) => _steps.Writer.TryWrite(bytes);

        public void Fail(Exception failure) => _steps.Writer.TryWrite(failure);

        public void End() => _steps.Writer.Complete();

        /// <summary>Waits until bytes have been asked for as often as that.</summary>
        public async Task Asked(int times)
        {
            for (var i = 0; i < times; i++)
                await _asked.WaitAsync();
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            MostAtOnce = Math.Max(MostAtOnce, Interlocked.Increment(ref _underWay));
            _asked.Release();
            try
            {
                if (_left.IsEmpty)
                {
                    if (!await _steps.Reader.WaitToReadAsync(cancellationToken))
                        return 0;
                    _steps.Reader.TryRead(out var step);
                    _left = step is Exception failure ? throw failure : (ReadOnlyMemory<byte>)step!;
                }
                var count = Math.Min(buffer.Length, _left.Length);
                _left.Span[..count].CopyTo(buffer.Span);
                _left = _left[count..];
                return count;
            }
            finally
            {
                Interlocked.Decrement(ref _underWay);
            }
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override void Flush() => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
