using System.Text;
using LogScalePaging.Diagnostics;
using LogScalePaging.Export.Formats;
using LogScalePaging.Export.Manifest;
using LogScalePaging.Export.State;
using LogScalePaging.Export.Store;
using LogScalePaging.Export.Target;
using LogScalePaging.LogScale.Events;
using LogScalePaging.Paging.Positions;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Records;

namespace LogScalePaging.Core.Tests.Export;

/// <summary>Makes events, states and manifests for the tests of exports.</summary>
internal static class Make
{
    public static readonly WalkIdentity Identity = new("LogScale", "https://logs.example", "sandbox", "#kind=test | \"ü\"", 0, 2_000_000)
    {
        Arguments = new Dictionary<string, string> { ["host"] = "web-1" },
    };

    public static Record Event(string json) => LogScaleEvents.Parse(Encoding.UTF8.GetBytes(json));

    public static Record Event(int number, long timestamp) =>
        Event($"{{\"@timestamp\":{timestamp},\"@id\":\"id-{number}\",\"n\":\"{number}\"{(number % 3 == 0 ? $",\"third\":\"a,\\\"{number}\\\"\\n\"" : "")}}}");

    /// <summary>Events newest first, three a millisecond, from this timestamp down.</summary>
    public static Record[] Events(int count, long newest = 1_000_000, int firstNumber = 0) =>
        [.. Enumerable.Range(0, count).Select(i => Event(firstNumber + i, newest - (i / 3)))];

    public static ExportState State(params LaneState[] lanes) => new()
    {
        Identity = Identity,
        Strategy = "Window",
        Format = ExportFormat.NdJson,
        Started = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
        Lanes = lanes.Length == 0 ? [Lane("a")] : lanes,
    };

    public static LaneState Lane(string name, long? rangeEnd = null) => new() { Name = name, RangeEnd = rangeEnd };

    public static Checkpoint Next(long row) => new()
    {
        Strategy = "Window",
        Identity = Identity,
        Position = PagePosition.Of(("row", row.ToString(System.Globalization.CultureInfo.InvariantCulture))),
        Received = row,
    };

    /// <summary>Writes events as one part.</summary>
    public static void AddPart(this ExportStore store, string lane, IEnumerable<Record> events, bool done = false, long next = 0)
    {
        var part = store.OpenPart(lane);
        foreach (var e in events)
            part.Append(e);
        store.CommitPart(part, done ? null : Next(next), done);
    }

    public static ExportManifest Manifest(ExportTarget target, ExportState state, FinishedExport finished) => new()
    {
        State = nameof(CompletenessState.Complete),
        System = state.Identity.System,
        Host = state.Identity.Host,
        Repository = state.Identity.Repository,
        Query = state.Identity.Query,
        QuerySha256 = state.Identity.QueryHash,
        Arguments = state.Identity.Arguments,
        Schema = state.Schema,
        Order = state.Schema.Order.ToString(),
        Range = new ManifestRange(state.Identity.RangeStart, state.Identity.RangeEnd),
        Strategy = state.Strategy,
        Format = ExportFormats.Name(target.Format),
        Compressed = target.Compress,
        Bom = target.Bom,
        TimestampFormat = target.TimestampFormat,
        Property = target.Property,
        Columns = finished.Columns,
        Ordered = finished.Ordered,
        Counts = new ManifestCounts { Written = finished.Events, TimesAsText = finished.TimesAsText },
        First = finished.First,
        Last = finished.Last,
        Files = finished.Files,
    };

    /// <summary>Exports events to a target in one part, with its manifest.</summary>
    public static FinishedExport Export(
        ExportTarget target, IEnumerable<Record> events, SignalLog? signals = null, long? maxEvents = null, RecordSchema? schema = null)
    {
        var state = State() with { MaxEvents = maxEvents };
        // The range of the tests is in milliseconds.
        using var store = ExportStore.Create(target, schema is null ? state : state with
        {
            Schema = schema,
            Identity = Identity with { RangeStart = null, RangeEnd = null },
        });
        store.AddPart("a", events, done: true);
        var finished = store.Assemble(signals ?? new SignalLog(), null, CancellationToken.None);
        Manifest(target, store.State, finished).Save(target.ManifestPath);
        store.Complete();
        return finished;
    }
}
