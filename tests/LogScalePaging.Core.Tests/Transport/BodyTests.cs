using LogScalePaging.Core.Tests.Support;
using LogScalePaging.Diagnostics;
using LogScalePaging.Transport.Errors;
using LogScalePaging.Transport.Http;

namespace LogScalePaging.Core.Tests.Transport;

public sealed class BodyTests
{
    private const string Whole = """{"events":[1,2,3,4,5,6,7,8,9]}""";

    public static TheoryData<string> Breaks => ["length", "chunks", "reset", "close"];

    [Theory]
    [MemberData(nameof(Breaks))]
    public async Task A_broken_answer_is_requested_again_and_read_from_its_start(string how)
    {
        using var rig = new Rig(Break(how), Break(how), Replies.Json(Whole));
        Assert.Equal(Whole, await rig.GetAsync());
        Assert.Equal(3, rig.Server.Requests.Count);
    }

    [Theory]
    [MemberData(nameof(Breaks))]
    public async Task An_answer_that_stays_broken_is_a_lost_connection(string how)
    {
        using var rig = new Rig(new ScriptedServer { Otherwise = Break(how) }, o => o with { MaxRetryCount = 1 });
        var failure = await rig.FailAsync();
        Assert.Equal(ApiErrorKind.ConnectionLost, failure.Kind);
        Assert.True(failure.MayHaveBeenProcessed);
        Assert.Equal(2, failure.Attempts);
    }

    [Fact]
    public Task A_gzip_body_is_unpacked() => IsUnpackedAsync("gzip");

    [FactExcept(Runs.NetStandard, Differences.NoBrotli)]
    public Task A_Brotli_body_is_unpacked() => IsUnpackedAsync("br");

    private static async Task IsUnpackedAsync(string encoding)
    {
        using var rig = new Rig(Replies.Packed(Whole, encoding));
        Assert.Equal(Whole, await rig.GetAsync());
        Assert.Contains(encoding, rig.Server.Requests[0].Headers["Accept-Encoding"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chunks_are_joined()
    {
        using var rig = new Rig(Replies.Chunks("{\"a\"", ":1", "}"));
        Assert.Equal("{\"a\":1}", await rig.GetAsync());
    }

    [Fact]
    public async Task A_body_that_ends_early_is_broken_even_where_the_runtime_calls_it_the_end()
    {
        using var watchdog = new Watchdog(TimeSpan.FromHours(1), TimeProvider.System, CancellationToken.None);
        var failures = new FailureFactory(HttpMethod.Get, "x", new Uri("http://localhost/"));
        using var body = new BodyStream(new MemoryStream([1, 2, 3]), 4, watchdog, new ConnectionCounters(),
            (kind, e) => failures.Body(kind, TimeSpan.Zero, e));
        var failure = await Assert.ThrowsAsync<ApiException>(() => body.CopyToAsync(Stream.Null));
        Assert.Equal(3, body.Received);
        Assert.Equal(ApiErrorKind.ConnectionLost, failure.Kind);
    }

    [Fact]
    public async Task Bytes_that_were_peeked_at_are_still_read()
    {
        var text = new string(' ', 300) + Whole;
        using var rig = new Rig(Replies.Json(text), Replies.Json(text));
        Assert.Equal(text, await rig.GetAsync());
        var bytes = await rig.Transport.SendAsync(new ApiRequest(HttpMethod.Get, "x"), (answer, _) =>
        {
            // A reader that takes single bytes and waits for each, as old code does.
            var read = new List<byte>();
            while (answer.Body.ReadByte() is >= 0 and var next)
                read.Add((byte)next);
            return Task.FromResult(read);
        }, CancellationToken.None);
        Assert.Equal(text, System.Text.Encoding.UTF8.GetString([.. bytes]));
    }

    [Fact]
    public async Task An_exception_of_the_reader_is_not_a_network_error()
    {
        using var rig = new Rig(Replies.Json("{}"));
        await Assert.ThrowsAsync<IOException>(() => rig.Transport.SendAsync<int>(
            new ApiRequest(HttpMethod.Get, "x"), (_, _) => throw new IOException("disk full"), CancellationToken.None));
        Assert.Single(rig.Server.Requests);
    }

    [Fact]
    public async Task An_answer_has_the_values_of_its_headers()
    {
        using var rig = new Rig(Replies.Json("{}", "X-Axiom-Trace-Id: ax-1", "Date: Sun, 01 Jun 2025 11:59:30 GMT",
            "X-RateLimit-Limit: 6000", "X-RateLimit-Remaining: 5998"));
        var answer = await rig.Transport.SendAsync(new ApiRequest(HttpMethod.Get, "x"), (a, _) => Task.FromResult(a),
            CancellationToken.None);
        Assert.Equal(200, answer.Status);
        Assert.Equal("application/json", answer.ContentType);
        Assert.Equal("ax-1", answer.TraceId);
        Assert.Equal(new DateTimeOffset(2025, 6, 1, 11, 59, 30, TimeSpan.Zero), answer.Date);
        Assert.Equal(new RateLimit(6000, 5998, null), answer.RateLimit);
    }

    private static Reply Break(string how) => how switch
    {
        "length" => Replies.CutAt(12, Whole),
        "chunks" => Replies.CutChunks(Whole[..12]),
        "reset" => Replies.Reset(),
        _ => Replies.Close(),
    };
}
