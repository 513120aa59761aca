using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Simulator;
using LogScalePaging.Transport.Errors;

namespace LogScalePaging.EndToEnd.Tests.Gateway;

/// <summary>An error inside a 200 is handled like the same error with its own status: never as a success or an empty result.</summary>
public sealed class ErrorsInOkTests
{
    [Theory]
    [InlineData(RequestKind.Create, 500)]
    [InlineData(RequestKind.Create, 429)]
    [InlineData(RequestKind.Create, 401)]
    [InlineData(RequestKind.Poll, 503)]
    [InlineData(RequestKind.Poll, 401)]
    [InlineData(RequestKind.Poll, 404)]
    [InlineData(RequestKind.Delete, 500)]
    [InlineData(RequestKind.Delete, 404)]
    public async Task A_transient_error_is_retried(RequestKind kind, int code)
    {
        using var bench = new GatewayBench();
        using var connection = bench.Fill(700).Connect();
        bench.Server.Faults.Add(Fault.ErrorsInOk(code, "not this time"), kind, nth: 2);
        var outcome = await bench.WalkAsync(connection);
        Assert.Equal(bench.Truth, outcome.Events);
        Assert.Equal(CompletenessState.Complete, outcome.Verdict.State);
        Assert.Equal(1, bench.Server.Faults.FaultsInjected);
        Assert.Equal(code == 401 ? 2 : 1, bench.Server.TokenRequests);
    }

    [Theory]
    [InlineData(RequestKind.Create, 400, ApiErrorKind.BadRequest)]
    [InlineData(RequestKind.Create, 403, ApiErrorKind.Forbidden)]
    [InlineData(RequestKind.Create, 1000, ApiErrorKind.UnexpectedStatus)]
    [InlineData(RequestKind.Poll, 403, ApiErrorKind.Forbidden)]
    [InlineData(RequestKind.Poll, 0, ApiErrorKind.UnexpectedStatus)]
    public async Task A_lasting_error_ends_the_search_with_its_code_message_and_trace(RequestKind kind, int code, ApiErrorKind expected)
    {
        using var bench = new GatewayBench();
        using var connection = bench.Fill(10).Connect();
        bench.Server.Faults.Add(Fault.ErrorsInOk(code, "never again"), kind, times: int.MaxValue);
        var failure = await bench.FailAsync(connection);
        Assert.Equal(expected, failure.Kind);
        Assert.Contains("never again", failure.Message, StringComparison.Ordinal);
        if (code > 0)
            Assert.Contains(code.ToString(System.Globalization.CultureInfo.InvariantCulture), failure.Message, StringComparison.Ordinal);
        Assert.Contains($"(trace id {failure.TraceId})", failure.Message, StringComparison.Ordinal);
        Assert.False(string.IsNullOrEmpty(failure.TraceId));
        Assert.Equal(1, bench.Server.Requests.Count(r => r.Kind == kind));
    }
}
