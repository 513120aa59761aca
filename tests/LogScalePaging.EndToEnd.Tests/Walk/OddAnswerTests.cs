using System.Globalization;
using System.Text;
using LogScalePaging.Diagnostics;
using LogScalePaging.EndToEnd.Tests.Gateway;
using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.Export.Formats;
using LogScalePaging.Export.Runs;
using LogScalePaging.Export.Target;
using LogScalePaging.Export.Verification;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Paging;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Simulator;
using LogScalePaging.Transport.Errors;

namespace LogScalePaging.EndToEnd.Tests.Walk;

/// <summary>
/// Answers that cannot be decoded, or have impossible texts or numbers. Each is read without harm, or is an invalid answer.
/// </summary>
public sealed class OddAnswerTests
{
    private static readonly (string, string) s_json = ("Content-Type", "application/json");

    private static readonly Dictionary<string, Fault> s_faults = new()
    {
        ["damaged br"] = Fault.DamagedEncoding("br"),
        ["damaged gzip"] = Fault.DamagedEncoding("gzip"),
        ["damaged deflate"] = Fault.DamagedEncoding("deflate"),
        ["location"] = Fault.Status(302, "", ("Location", "//")),
        ["location of a moved poll"] = Fault.Status(307, "", ("Location", "http://[")),
        ["half a pair in a job id"] = Json("""{"id":"job-\ud800"}"""),
        ["bad UTF-8 in a job id"] = Fault.Answer(200, [.. "{\"id\":\"job-"u8, 0xFF, .. "\"}"u8], s_json),
        ["step up as job id"] = Json("""{"id":".."}"""),
        ["step nowhere as job id"] = Json("""{"id":"."}"""),
        ["range beyond the calendar"] = Json(
            """{"done":true,"cancelled":false,"events":[],"metaData":{"queryStart":1e17,"queryEnd":99999999999999999}}"""),
        ["end before the calendar"] = Json(
            """{"done":true,"cancelled":false,"events":[],"metaData":{"queryStart":1,"queryEnd":-99999999999999}}"""),
        ["error in pieces of a pair"] = Fault.Status(500,
            """{"errors":[{"code":500,"message":"no \ud800 and \udc00"}],"meta":{"trace_id":"\udfff"}}""", s_json),
        ["errors in pieces of a pair"] = Json("""{"\ud800":1,"errors":[{"\ud800":1,"code":"503","message":"\ud800"}]}"""),
    };

    public static TheoryData<string, RequestKind> Faults()
    {
        var data = new TheoryData<string, RequestKind>();
        foreach (var name in s_faults.Keys)
        {
            if (!name.Contains("range", StringComparison.Ordinal) && !name.Contains("end", StringComparison.Ordinal))
                data.Add(name, RequestKind.Create);
            if (!name.Contains("job id", StringComparison.Ordinal))
                data.Add(name, RequestKind.Poll);
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task One_odd_answer_is_requested_again(string name, RequestKind kind)
    {
        using var bench = Bench();
        bench.Server.Faults.Add(s_faults[name], kind);
        var outcome = await bench.WalkAsync();
        Assert.Null(outcome.Error);
        Assert.Equal(bench.Server.Events.Matching(TestBench.Query), outcome.Events);
        Assert.Equal(CompletenessState.Complete, outcome.Verdict.State);
        Assert.Equal(1, bench.Server.Faults.FaultsInjected);
        Assert.Equal(0, outcome.JobsLeft);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task An_answer_that_stays_odd_has_its_own_error_and_leaves_nothing(string name, RequestKind kind)
    {
        using var folder = new TemporaryFolder();
        using var bench = Bench(retries: 1);
        bench.Server.Faults.Add(s_faults[name], kind, times: int.MaxValue);
        var target = new ExportTarget { Path = folder.In("out.ndjson"), Format = ExportFormat.NdJson };
        var run = new ExportRun(bench.Connection, new ExportRequest(TestBench.Spec(), target), bench.Signals);
        var broken = await Assert.ThrowsAsync<PagingException>(() => run.RunAsync(default));
        if (name.Contains("calendar", StringComparison.Ordinal))
        {
            Assert.Equal(PagingErrorKind.OtherRange, broken.Kind);
            Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
            return;
        }
        var failure = Assert.IsAssignableFrom<ApiException>(broken.InnerException);
        Assert.Equal(name.Contains("error", StringComparison.Ordinal) ? name.StartsWith("errors", StringComparison.Ordinal)
            ? ApiErrorKind.Unavailable
            : ApiErrorKind.ServerError : ApiErrorKind.InvalidAnswer, failure.Kind);
        Assert.Equal(2, failure.Attempts);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Theory]
    [InlineData("damaged br")]
    [InlineData("half a pair in a token")]
    public async Task A_sign_in_that_cannot_be_decoded_is_asked_for_again(string name)
    {
        using var bench = new GatewayBench();
        using var connection = bench.Fill(300).Connect(o => o with { Time = new FastTimeProvider(100) });
        bench.Server.Faults.Add(name == "damaged br" ? Fault.DamagedEncoding() : Json("""{"access_token":"abc\ud800"}"""),
            RequestKind.Token);
        Assert.Equal(bench.Truth, (await bench.WalkAsync(connection)).Events);
        Assert.Equal(1, bench.Server.Faults.FaultsInjected);
    }

    [Theory]
    [InlineData("Fri, 31 Dec 9999 23:59:59 GMT")]
    [InlineData("Mon, 01 Jan 0001 00:00:00 GMT")]
    [InlineData("Thu, 01 Jan 1970 00:00:00 GMT")]
    public async Task A_very_wrong_date_does_not_end_a_search(string date)
    {
        using var bench = Bench(change: o => o.DateHeader = date);
        var outcome = await bench.WalkAsync();
        Assert.Null(outcome.Error);
        Assert.Equal(900, outcome.Events.Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_byte_order_mark_before_every_answer_is_skipped(bool gateway)
    {
        if (gateway)
        {
            using var falcon = new GatewayBench(o => o.ByteOrderMark = true);
            using var connection = falcon.Fill(500).Connect();
            Assert.Equal(falcon.Truth, (await falcon.WalkAsync(connection)).Events);
            return;
        }
        using var bench = Bench(change: o => (o.ByteOrderMark, o.Compression) = (true, true));
        var outcome = await bench.WalkAsync();
        Assert.Equal(bench.Server.Events.Matching(TestBench.Query), outcome.Events);
        Assert.Equal(0, bench.Signals.CountOf(SignalKind.Retried));
    }

    [Fact]
    public async Task Warnings_and_field_names_of_half_pairs_are_read()
    {
        using var bench = Bench();
        bench.Server.Faults.Add(
            Json("""{"done":true,"cancelled":false,"events":[],"metaData":{"\ud800":1,"fieldOrder":["a\ud800","b"],"warnings":["no\udc00",{"category":"W\ud800","message":"m"}],"extraData":{"hasMoreEvents":"\ud800"}}}"""), RequestKind.Poll);
        var client = bench.Connection.Client(bench.Signals);
        var answer = await client.PollAsync(await client.CreateAsync(new QueryJobSpec("*"), default), new PollOptions(), default);
        Assert.Equal(["a\ufffd", "b"], answer.Metadata.FieldOrder);
        Assert.Equal(["no\ufffd", "W\ufffd: m"], answer.Metadata.Warnings);
    }

    // At any place of the walk: in the first answer, as the oldest of a page, in a crowd of one instant; one or several in a row.
    [Theory]
    [InlineData(0, 1, "\\ud800")]
    [InlineData(199, 1, "\\ud800")]
    [InlineData(198, 3, "\\ud800")]
    [InlineData(395, 10, "\\ud800")]
    [InlineData(500, 30, "\\udc00\\ud800")]
    [InlineData(899, 1, "\\ud800")]
    [InlineData(150, 249, "\\ud800")]
    public async Task Bad_ids_do_not_end_a_walk(int first, int count, string bad)
    {
        using var folder = new TemporaryFolder();
        using var bench = new TestBench(new SimulatorOptions { AroundRepeatsAnchor = first % 2 == 0 },
            o => o with { Time = new FastTimeProvider(40) });
        bench.Server.Events.Add(Enumerable.Range(0, 900).Select(i => i >= first && i < first + count
            ? TestBench.Event(i, TestBench.Newest - (i * 10L)).Replace("_0_7_", string.Create(CultureInfo.InvariantCulture, $"_{bad}_"),
                StringComparison.Ordinal)
            : TestBench.Event(i, TestBench.Newest - (i * 10L))));
        var target = new ExportTarget { Path = folder.In("out.ndjson"), Format = ExportFormat.NdJson };
        var result = await new ExportRun(bench.Connection, new ExportRequest(TestBench.Spec(), target), bench.Signals).RunAsync(default);
        Assert.Equal(bench.Server.Events.Matching(TestBench.Query), await File.ReadAllLinesAsync(target.Path));
        Assert.Equal(CompletenessState.Complete, result.Completeness.State);
        var verified = ExportVerifier.Verify(target.Path, null, default);
        Assert.True(verified.IsValid, string.Join("\n", verified.Findings));
    }

    private static Fault Json(string body) => Fault.Answer(200, Encoding.UTF8.GetBytes(body), s_json);

    private static TestBench Bench(int retries = 6, Action<SimulatorOptions>? change = null)
    {
        var options = new SimulatorOptions();
        change?.Invoke(options);
        return new TestBench(options, o => o with { MaxRetryCount = retries, Time = new FastTimeProvider(100) }).Fill(900, crowd: 250);
    }
}
