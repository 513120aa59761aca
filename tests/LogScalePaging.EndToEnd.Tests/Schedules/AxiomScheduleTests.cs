using System.Text.Json;
using LogScalePaging.Axiom;
using LogScalePaging.Diagnostics;
using LogScalePaging.EndToEnd.Tests.Axiom;
using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.Export.Formats;
using LogScalePaging.Export.Schedules;
using LogScalePaging.Export.Target;
using LogScalePaging.LogScale;
using LogScalePaging.Paging.Positions;
using LogScalePaging.Paging.Verdicts;

namespace LogScalePaging.EndToEnd.Tests.Schedules;

/// <summary>Schedules of Axiom, whose events have no identity, and may be equal in every byte.</summary>
public sealed class AxiomScheduleTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly AxiomBench _bench = new();
    private readonly ManualTimeProvider _clock;
    private readonly AxiomSearchConnection _connection;

    public AxiomScheduleTests()
    {
        _clock = new ManualTimeProvider(_bench.Server.Start);
        _connection = new AxiomSettings
        {
            BaseUrl = _bench.Server.BaseUrl.AbsoluteUri,
            Token = ConnectionSettings.Secret(_bench.Options.Token),
            OrganisationId = _bench.Options.OrganisationId,
        }.Connect(_ => null, o => o with { Time = _clock });
    }

    public void Dispose()
    {
        _connection.Dispose();
        _bench.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(AxiomPaging.Auto)]
    [InlineData(AxiomPaging.Time)]
    [InlineData(AxiomPaging.Cursor)]
    public async Task Each_event_is_exported_once(AxiomPaging paging)
    {
        for (var run = 0; run < 8; run++)
        {
            _clock.Advance(TimeSpan.FromMinutes(9));
            var result = await RunAsync(_bench.Request with { Paging = paging });
            Assert.Equal((CompletenessState.Complete, 1, 0L), (result.State, result.Exports.Count, result.TooLate));
        }
        var exported = Directory.GetFiles(_folder.Path, "*.ndjson").SelectMany(File.ReadAllLines).Select(line =>
        {
            using var json = JsonDocument.Parse(line);
            return (json.RootElement.GetProperty("_time").GetRawText(), json.RootElement.GetProperty("big").GetRawText());
        });
        Assert.Equal(_bench.Expected().Order(), exported.Order());
    }

    [Fact]
    public async Task A_run_that_would_recognise_events_in_another_way_is_refused()
    {
        _clock.Advance(TimeSpan.FromMinutes(9));
        await RunAsync(_bench.Request with { Paging = AxiomPaging.Time });
        var e = await Assert.ThrowsAsync<CheckpointMismatchException>(() => RunAsync(_bench.Request with { Paging = AxiomPaging.Cursor }));
        Assert.Contains("identity of the records is 'all fields, _time', but this run has '_rowId, _time'", e.Message,
            StringComparison.Ordinal);
        await RunAsync(_bench.Request with { Paging = AxiomPaging.Time, OldestFirst = true });
    }

    [Fact]
    public async Task A_query_that_makes_its_own_rows_is_refused()
    {
        var e = await Assert.ThrowsAsync<ArgumentException>(() => RunAsync(new AxiomRequest("['demo'] | summarize count()")));
        Assert.Contains("cannot be continued from a watermark, because", e.Message, StringComparison.Ordinal);
        Assert.Equal(0, _bench.Server.RequestCount);
    }

    private Task<ScheduledExportResult> RunAsync(AxiomRequest request) => new ScheduledExport(
        _connection,
        request with { Start = new(_bench.Server.Start.AddSeconds(-1).ToUnixTimeMilliseconds(), null), End = new(null, "now") },
        PathTemplate.Parse(_folder.In("events-{start:yyyyMMdd-HHmmssfff}.ndjson"), OutputPath.Known),
        path => new ExportTarget { Path = path, Format = ExportFormat.NdJson },
        new ScheduleSettings(_folder.In("state.json")) { Lag = TimeSpan.Zero, Lookback = TimeSpan.FromMinutes(20) },
        new SignalLog()).RunAsync(default);
}
