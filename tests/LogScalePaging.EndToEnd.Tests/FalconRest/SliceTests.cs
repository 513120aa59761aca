using LogScalePaging.Diagnostics;
using LogScalePaging.Falcon.Rest.Endpoints;
using LogScalePaging.Paging;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Search.Ranges;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.FalconRest;

/// <summary>Lists that are read in slices of time.</summary>
public sealed class SliceTests
{
    private const string Alerts = "/alerts/combined/alerts/v1";
    private const string Hosts = "/devices/combined/devices/v1";
    private static readonly DateTimeOffset s_first = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // The simulator has only the fields that never change.
    public static TheoryData<string> Sliceable => [.. FalconFamilies.All.Where(f => f.TimeFields.Count > 0).Select(f => f.Path)];

    [Theory]
    [MemberData(nameof(Sliceable))]
    public async Task Every_family_is_read_in_slices_with_its_own_tokens(string endpoint)
    {
        using var bench = new FalconRestBench(95);
        var (_, ids, verdict) = await bench.WalkAsync(Request(endpoint));

        Assert.Equal((95, 95), (ids.Count, ids.Distinct().Count()));
        Assert.True(verdict.State == CompletenessState.Complete, verdict.Reason);
        Assert.True(Slices(bench).Count > 4);
        Assert.All(
            bench.Lists.Where(r => Token(r) is not null).GroupBy(Token),
            sent => Assert.Single(sent.Select(Filter).Distinct()));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(21)]
    public async Task Few_records_are_complete_too(int records)
    {
        using var bench = new FalconRestBench(records);
        var (_, ids, verdict) = await bench.WalkAsync(Request(Hosts));

        Assert.Equal(records, ids.Distinct().Count());
        Assert.Equal((CompletenessState.Complete, (long)records), (verdict.State, verdict.Received));
    }

    [Fact]
    public async Task The_start_is_inclusive_and_the_end_is_exclusive()
    {
        using var bench = new FalconRestBench(95);
        var all = (await bench.WalkAsync(FalconRestBench.Request(Hosts))).Ids;
        var (_, ids, verdict) = await bench.WalkAsync(Request(Hosts, s_first.AddSeconds(10), s_first.AddSeconds(70)));

        Assert.Equal(all.Skip(10).Take(60).OrderBy(id => id, StringComparer.Ordinal), ids.OrderBy(id => id, StringComparer.Ordinal));
        Assert.Equal((CompletenessState.Complete, 60L, 60L), (verdict.State, verdict.ExpectedBefore, verdict.ExpectedAfter));
    }

    [Fact]
    public async Task The_filter_of_the_user_applies_to_every_slice()
    {
        using var bench = new FalconRestBench(95);
        var (records, ids, verdict) = await bench.WalkAsync(Request(Hosts) with { Query = "status:'open'", PageSize = 5 });

        Assert.Equal((32, 32), (ids.Count, ids.Distinct().Count()));
        Assert.All(records, record => Assert.Contains("\"open\"", record, StringComparison.Ordinal));
        Assert.Equal(CompletenessState.Complete, verdict.State);
    }

    [Fact]
    public async Task Many_records_in_one_instant_are_one_slice_with_many_pages()
    {
        using var bench = new FalconRestBench(95, f => f.InOneInstant = 70);
        var (_, ids, verdict) = await bench.WalkAsync(Request(Hosts) with { PageSize = 10 });

        Assert.Equal((95, 95), (ids.Count, ids.Distinct().Count()));
        Assert.Equal(CompletenessState.Complete, verdict.State);
        Assert.Contains(Slices(bench), filter => filter!.Contains("first_seen:<'2026-01-01T00:00:00.001Z'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Alerts_come_newest_first()
    {
        using var bench = new FalconRestBench(95);
        var (records, _, _) = await bench.WalkAsync(Request(Alerts));

        var times = records.ConvertAll(
            r => System.Text.Json.JsonDocument.Parse(r).RootElement.GetProperty("created_timestamp").GetString());
        Assert.Equal(times.OrderByDescending(t => t, StringComparer.Ordinal), times);
    }

    // One slice at a time, newest first: the record was read in the first slice and is listed again in the last one.
    [Fact]
    public async Task A_record_that_moves_into_a_later_slice_comes_once()
    {
        using var bench = new FalconRestBench(95, f => f.Moves = [new RestMove(2, 94, s_first.AddSeconds(1))]);
        var (_, ids, verdict) = await bench.WalkAsync(Request(Hosts) with { Parallel = 1 });

        Assert.Equal((95, 95), (ids.Count, ids.Distinct().Count()));
        Assert.True(verdict.State == CompletenessState.Complete, verdict.Reason);
        // No slice is read again, although it lists a record that another slice has.
        Assert.DoesNotContain(bench.Told, s => s.Kind == SignalKind.WindowReread);
    }

    // The record leaves a slice that is read later for one that was read before.
    [Fact]
    public async Task A_record_that_moves_into_an_earlier_slice_is_missing_with_its_number()
    {
        using var bench = new FalconRestBench(95, f => f.Moves = [new RestMove(2, 1, s_first.AddSeconds(94.5))]);
        var (_, ids, verdict) = await bench.WalkAsync(Request(Hosts) with { Parallel = 1 });

        Assert.Equal((94, 94), (ids.Count, ids.Distinct().Count()));
        Assert.Equal((CompletenessState.Incomplete, 1L), (verdict.State, verdict.Missing));
    }

    [Fact]
    public async Task Records_without_the_field_are_missing_with_their_number()
    {
        using var bench = new FalconRestBench(95, f => f.WithoutTimes = 7);
        var (_, ids, verdict) = await bench.WalkAsync(Request(Hosts));

        Assert.Equal((88, 88), (ids.Count, ids.Distinct().Count()));
        Assert.Equal((CompletenessState.Incomplete, 7L), (verdict.State, verdict.Missing));
        Assert.Contains(bench.Told, s => s.Level == SignalLevel.Warning
            && s.Message.StartsWith("7 records have no first_seen, so they are in no slice", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(RestFaultKind.EmptyToken, SignalKind.ContinuationMissing)]
    [InlineData(RestFaultKind.NoToken, SignalKind.ContinuationMissing)]
    [InlineData(RestFaultKind.ExpiredToken, SignalKind.ContinuationExpired)]
    public async Task A_fault_of_a_token_restarts_only_its_slice(RestFaultKind kind, SignalKind signal)
    {
        // Page 1 is the first of the slice with 70 records; the token of page 4 is at fault.
        using var bench = new FalconRestBench(95, f => (f.InOneInstant, f.PageFaults) = (70, [new RestFault(kind, 6)]));
        var (_, ids, verdict) = await bench.WalkAsync(Request(Hosts) with { PageSize = 10, Parallel = 1 });

        Assert.Equal((95, 95), (ids.Count, ids.Distinct().Count()));
        Assert.True(verdict.State == CompletenessState.Complete, verdict.Reason);
        Assert.Single(bench.Told, s => s.Kind == signal && s.Level == SignalLevel.Warning);
        var firstPages = bench.Lists.Where(r => !IsCount(r) && Token(r) is null).GroupBy(Filter).Select(g => g.Count()).OrderBy(n => n);
        Assert.Equal(1, firstPages.Count(n => n > 1));
    }

    [Fact]
    public async Task A_repeated_token_is_an_error_of_its_slice()
    {
        using var bench = new FalconRestBench(95,
            f => (f.InOneInstant, f.PageFaults) = (70, [new RestFault(RestFaultKind.RepeatedToken, 6)]));
        var error = await Assert.ThrowsAsync<PagingException>(() => bench.WalkAsync(Request(Hosts) with { PageSize = 10, Parallel = 1 }));

        Assert.Equal(PagingErrorKind.PositionRepeated, error.Kind);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(50)]
    [InlineData(95)]
    public async Task A_limit_is_honoured(int limit)
    {
        using var bench = new FalconRestBench(95);
        var (_, ids, verdict) = await bench.WalkAsync(Request(Alerts, s_first, s_first.AddSeconds(95)) with { MaxEvents = limit });

        Assert.Equal((limit, limit), (ids.Count, ids.Distinct().Count()));
        Assert.Equal(CompletenessState.Complete, verdict.State);
        Assert.StartsWith("c0ffee:ind:", ids[0], StringComparison.Ordinal);
        Assert.EndsWith(":94", ids[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_limit_above_the_number_of_records_misses_none_with_a_missing_token()
    {
        using var bench = new FalconRestBench(95, f => (f.WithoutTimes, f.PageFaults) = (7, [new RestFault(RestFaultKind.EmptyToken, 3)]));
        var (_, ids, verdict) = await bench.WalkAsync(Request(Hosts) with { MaxEvents = 1_000 });

        Assert.Equal((88, 88), (ids.Count, ids.Distinct().Count()));
        Assert.Equal((CompletenessState.Incomplete, 7L), (verdict.State, verdict.Missing));
        Assert.Single(bench.Told, s => s.Kind == SignalKind.ContinuationMissing);
    }

    [Fact]
    public async Task A_total_that_is_wrong_once_while_slices_are_cut_changes_nothing()
    {
        foreach (var value in new long[] { 0, 40, 5_000 })
        {
            foreach (var count in new[] { 1, 3, 7, 9, 12 })
            {
                using var bench = new FalconRestBench(95, f =>
                    f.PageFaults = [new RestFault(RestFaultKind.Total, count) { Value = value, OnCounts = true }]);
                var (_, ids, verdict) = await bench.WalkAsync(Request(Hosts));

                Assert.Equal((95, 95), (ids.Count, ids.Distinct().Count()));
                Assert.True(verdict.State == CompletenessState.Complete, verdict.Reason);
            }
        }
    }

    [Theory]
    [InlineData("first_seen'", "2026-01-01", "is not the name of a field")]
    [InlineData("a:>'1'+b", "2026-01-01", "is not the name of a field")]
    [InlineData("first_seen", null, "require the start and the end")]
    public void A_slice_without_a_field_or_range_is_refused(string field, string? start, string message)
    {
        var request = Request(Hosts) with { SliceBy = field, Start = start is null ? default : At(s_first) };

        Assert.Contains(message, Assert.Throws<ArgumentException>(request.EnsureValid).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Hosts, "first_seen.asc", "read newest first")]
    [InlineData(Hosts, "hostname.desc", "read newest first")]
    [InlineData("/threatgraph/combined/edges/v1", null, "cannot be read in slices")]
    [InlineData("/detects/entities/ioa/v1", null, "cannot be read in slices")]
    public void What_cannot_be_sliced_is_refused(string endpoint, string? sort, string message)
    {
        var request = Request(endpoint) with { SliceBy = "first_seen", SortBy = sort };

        Assert.Contains(message, Assert.Throws<ArgumentException>(request.EnsureValid).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Hosts + "?filter=status:'open'", null)]
    [InlineData(Alerts, "{\"filter\":\"status:'open'\"}")]
    public void A_filter_that_a_slice_would_replace_is_refused(string endpoint, string? body)
    {
        var request = Request(endpoint) with { SliceBy = "created_timestamp", Body = body };

        Assert.Contains("must not be in the endpoint or in the body", Assert.Throws<ArgumentException>(request.EnsureValid).Message,
            StringComparison.Ordinal);
    }

    internal static FalconRequest Request(string endpoint, DateTimeOffset? start = null, DateTimeOffset? end = null) =>
        FalconRestBench.Request(endpoint, pageSize: 20) with
        {
            SliceBy = FalconFamilies.Of(endpoint).TimeFields is [var field, ..] ? field : "created_timestamp",
            Start = At(start ?? s_first),
            End = At(end ?? s_first.AddHours(1)),
        };

    private static RequestedTime At(DateTimeOffset time) => new(time.ToUnixTimeMilliseconds(), null);

    private static bool IsCount(RequestRecord r) => Value(r, "limit") == "1";

    private static List<string?> Slices(FalconRestBench bench) => [.. bench.Lists.Where(r => !IsCount(r)).Select(Filter).Distinct()];

    private static string? Filter(RequestRecord r) => Value(r, "filter");

    private static string? Token(RequestRecord r) =>
        Value(r, "after") ?? (Value(r, "offset") is { } offset && !offset.All(char.IsDigit) ? offset : null);

    private static string? Value(RequestRecord r, string name)
    {
        if (r.Request.Body.Length > 0)
        {
            using var body = System.Text.Json.JsonDocument.Parse(r.Request.Body);
            return body.RootElement.TryGetProperty(name, out var value) ? value.ToString() : null;
        }
        var part = r.Request.Query.TrimStart('?').Split('&').FirstOrDefault(p => p.StartsWith(name + "=", StringComparison.Ordinal));
        return part is null ? null : Uri.UnescapeDataString(part.Substring(name.Length + 1));
    }
}
