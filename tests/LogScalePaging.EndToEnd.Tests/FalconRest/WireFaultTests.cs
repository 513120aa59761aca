using System.Globalization;
using LogScalePaging.Diagnostics;
using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.Paging;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.FalconRest;

/// <summary>Network faults at every position of a walk.</summary>
public sealed class WireFaultTests
{
    private static readonly string[] s_endpoints = ["/devices/queries/devices/v1", "/devices/queries/devices-scroll/v1",
        "/alerts/combined/alerts/v1", "/spotlight/queries/vulnerabilities/v1"];

    public static TheoryData<string, string> Faults
    {
        get
        {
            var faults = new TheoryData<string, string>();
            foreach (var endpoint in s_endpoints)
            {
                foreach (var fault in new[] { "429-seconds", "429-date", "429-epoch", "429-epoch-ms", "429-none", "503", "500", "cut",
                    "html", "json", "reset", "errors-in-200", "401" })
                    faults.Add(endpoint, fault);
            }
            return faults;
        }
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_fault_at_any_request_is_repaired(string endpoint, string name)
    {
        for (var nth = 1; nth <= 6; nth++)
        {
            using var bench = new FalconRestBench(75);
            bench.Server.Faults.Add(Make(name), RequestKind.Rest, nth);
            var (_, ids, verdict) = await bench.WalkAsync(FalconRestBench.Request(endpoint), new FastTimeProvider(20));

            Assert.Equal((75, 75), (ids.Count, ids.Distinct().Count()));
            Assert.True(verdict.State == CompletenessState.Complete, $"{name} at {nth}: {verdict.State}: {verdict.Reason}");
        }
    }

    [Theory]
    [InlineData(403)]
    [InlineData(501)]
    public async Task A_request_that_fails_for_good_keeps_what_was_read(int status)
    {
        using var bench = new FalconRestBench(75);
        bench.Server.Faults.Add(new FaultRule
        {
            Fault = Fault.Status(status, "no"),
            When = r =>
            r.Query.Contains("offset=39", StringComparison.Ordinal),
            Times = int.MaxValue
        });
        var error = await Assert.ThrowsAsync<PagingException>(() =>
            bench.WalkAsync(FalconRestBench.Request("/devices/queries/devices/v1")));

        Assert.Equal((PagingErrorKind.RequestFailed, 40L), (error.Kind, error.Received));
        Assert.Contains("(trace id ", error.Message, StringComparison.Ordinal);
        Assert.Equal("40", error.Checkpoint!.Position["at"]);
    }

    [Fact]
    public async Task An_access_token_that_is_refused_in_mid_walk_is_renewed()
    {
        using var bench = new FalconRestBench(75);
        var pages = 0;
        bench.Server.RequestHandled += r =>
        {
            if (r.Kind == RequestKind.Rest && ++pages == 3)
                bench.Server.ExpireAllTokens();
        };
        var (_, ids, verdict) = await bench.WalkAsync(FalconRestBench.Request("/devices/queries/devices-scroll/v1"));

        Assert.Equal(75, ids.Distinct().Count());
        Assert.Equal(CompletenessState.Complete, verdict.State);
        Assert.DoesNotContain(bench.Told, s => s.Kind == SignalKind.ContinuationExpired);
    }

    [Fact]
    public async Task The_secrets_of_the_connection_are_in_no_signal()
    {
        using var bench = new FalconRestBench(75);
        bench.Server.Faults.Add(Fault.Status(500, $"your secret is {FalconRestBench.Secret}"), RequestKind.Rest, 2);
        await bench.WalkAsync(FalconRestBench.Request("/devices/queries/devices-scroll/v1"), new FastTimeProvider(20));

        Assert.DoesNotContain(bench.Told, s => s.Message.Contains(FalconRestBench.Secret, StringComparison.Ordinal)
            || bench.Server.Tokens.Any(t => s.Message.Contains(t.Text, StringComparison.Ordinal)));
    }

    private static Fault Make(string name) => name switch
    {
        "429-seconds" => Fault.TooManyRequests(1),
        "429-date" => Fault.TooManyRequestsUntil(TimeProvider.System.GetUtcNow().AddSeconds(1)),
        "429-epoch" => Fault.Status(429, "", ("X-RateLimit-RetryAfter",
            TimeProvider.System.GetUtcNow().AddSeconds(1).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture))),
        "429-epoch-ms" => Fault.Status(429, "", ("X-RateLimit-RetryAfter",
            TimeProvider.System.GetUtcNow().AddSeconds(1).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture))),
        "429-none" => Fault.Status(429),
        "503" => Fault.Status(503, "Service Unavailable"),
        "500" => Fault.Status(500, "oops"),
        "cut" => Fault.CutBody(),
        "html" => Fault.Html,
        "json" => Fault.WrongJson,
        "reset" => Fault.ResetAfter,
        "errors-in-200" => Fault.ErrorsInOk(500, "internal error"),
        "401" => Fault.Status(401, "access denied, invalid bearer token"),
        _ => throw new ArgumentException(name),
    };
}
