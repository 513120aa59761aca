using System.Globalization;
using LogScalePaging.Paging;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Tanium;

/// <summary>What goes wrong on the wire, at every position of a walk.</summary>
public sealed class TaniumWireTests
{
    public static TheoryData<string, bool> Faults
    {
        get
        {
            var faults = new TheoryData<string, bool>();
            foreach (var name in new[] { "429-seconds", "429-date", "429-epoch", "429-epoch-ms", "429-none", "503", "500", "cut", "html",
                "json", "reset", "errors-500", "errors-no-code" })
            {
                faults.Add(name, false);
                faults.Add(name, true);
            }
            return faults;
        }
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_fault_at_any_request_is_repaired(string name, bool isText)
    {
        for (var nth = 1; nth <= 6; nth++)
        {
            using var bench = new TaniumBench(75, time: new Support.FastTimeProvider(20));
            bench.Options.Faults.Add(Make(name), RequestKind.Query, nth);
            var (_, ids, verdict) = await bench.WalkAsync(isText ? TaniumBench.Query() : TaniumBench.Request());
            TaniumBench.AssertComplete(75, ids, verdict);
        }
    }

    [Theory]
    [InlineData(401, "The server refused the token (401)")]
    [InlineData(403, "lacks the permission (403)")]
    [InlineData(501, "The server failed (501)")]
    public async Task A_request_that_fails_for_good_in_mid_walk_keeps_what_was_read(int status, string why)
    {
        using var bench = new TaniumBench(75);
        var pages = 0;
        bench.Options.Faults.Add(new FaultRule
        {
            Fault = Fault.Status(status, "no"),
            When = r => TaniumBench.IsPage(r) && ++pages >= 3,
            Times = int.MaxValue
        });
        var error = await Assert.ThrowsAsync<PagingException>(() => bench.WalkAsync());

        Assert.Equal(PagingErrorKind.RequestFailed, error.Kind);
        Assert.Equal(40, error.Received);
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
        Assert.StartsWith("C+", error.Checkpoint!.Position["cursor"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_of_the_sign_in_inside_a_200_is_a_401()
    {
        using var bench = new TaniumBench(75);
        bench.Options.Faults.Add(Fault.Answer(200,
            "{\"errors\":[{\"message\":\"no session\",\"extensions\":{\"code\":\"UNAUTHENTICATED\"}}],\"data\":null}"u8.ToArray(),
            ("Content-Type", "application/json")), RequestKind.Query, 1, times: int.MaxValue);
        var error = await Assert.ThrowsAsync<PagingException>(() => bench.WalkAsync());
        Assert.Contains("The server refused the token (401)", error.Message, StringComparison.Ordinal);
    }

    private static Fault Make(string name) => name switch
    {
        "429-seconds" => Fault.TooManyRequests(1),
        "429-date" => Fault.TooManyRequestsUntil(TimeProvider.System.GetUtcNow().AddSeconds(1)),
        "429-epoch" => Fault.Status(429, "",
            ("X-RateLimit-RetryAfter",
            TimeProvider.System.GetUtcNow().AddSeconds(1).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture))),
        "429-epoch-ms" => Fault.Status(429, "",
            ("X-RateLimit-RetryAfter",
            TimeProvider.System.GetUtcNow().AddSeconds(1).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture))),
        "429-none" => Fault.Status(429),
        "503" => Fault.Status(503, "Service Unavailable"),
        "500" => Fault.Status(500, "oops"),
        "cut" => Fault.CutBody(),
        "html" => Fault.Html,
        "json" => Fault.WrongJson,
        "reset" => Fault.ResetAfter,
        "errors-500" => Fault.ErrorsInOk(500, "internal error"),
        "errors-no-code" => Fault.ErrorsInOk(0, "upstream failed"),
        _ => throw new ArgumentException(name),
    };
}
