using System.Text;
using System.Text.Json;
using LogScalePaging.Core.Tests.Records;
using LogScalePaging.Diagnostics;
using LogScalePaging.Export.Fields;
using LogScalePaging.Export.Formats;
using LogScalePaging.Export.Store;
using LogScalePaging.LogScale.Events;
using LogScalePaging.Paging.Positions;
using LogScalePaging.Records;
using static LogScalePaging.Core.Tests.Export.Verifying;

namespace LogScalePaging.Core.Tests.Export;

/// <summary>Files for other programs: JSON lines for Timesketch, and csv with a byte order mark for Excel.</summary>
public sealed class TimesketchTests : IDisposable
{
    private const string Start = "{\"message\":\"event\",\"datetime\":\"1970-01-01T00:00:00.001+00:00\",\"timestamp_desc\":\"@timestamp\",";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static string Write(SignalLog? signals, FieldFilter? filter, params string[] events)
    {
        using var stream = new MemoryStream();
        using (var writer = EventWriters.CreateFiltered(ExportFormat.Timesketch, stream, filter, signals, LogScaleEvents.Schema))
        {
            foreach (var e in events)
                writer.Write(Encoding.UTF8.GetBytes(e));
            writer.Finish();
        }
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    [Fact]
    public void A_row_has_the_required_fields_and_then_those_of_the_event() =>
        Assert.Equal(Start + "\"@timestamp\":1,\"@id\":\"a\",\"n\":18446744073709551615}\n",
            Write(null, null, "{\"@timestamp\":1,\"@id\":\"a\",\"n\":18446744073709551615}"));

    [Theory]
    [InlineData("\"hostname\":\"h\",\"@rawstring\":\"r\"", "r")]
    [InlineData("\"@rawstring\":\"r\",\"message\":\"m\"", "m")]
    [InlineData("\"message\":\"\",\"name\":\"n\"", "n")]
    [InlineData("\"message\":5,\"name\":\"n\"", "n")]
    [InlineData("\"x\":\"y\"", "event")]
    public void The_message_is_the_field_that_describes_the_event(string fields, string expected)
    {
        using var row = JsonDocument.Parse(Write(null, null, $"{{\"@timestamp\":1,{fields}}}"));
        Assert.Equal(expected, row.RootElement.GetProperty("message").GetString());
    }

    [Fact]
    public void Own_fields_cannot_take_the_place_of_the_required_ones() =>
        Assert.Equal("{\"message\":\"m\",\"datetime\":\"1970-01-01T00:00:00.001+00:00\",\"timestamp_desc\":\"@timestamp\",\"@timestamp\":1,"
            + "\"original_datetime\":\"d\",\"original_timestamp\":7,\"original_timestamp_desc\":\"t\"}\n",
            Write(null, null, "{\"@timestamp\":1,\"message\":\"m\",\"dateti\\u006de\":\"d\",\"timestamp\":7,\"timestamp_desc\":\"t\"}"));

    [Fact]
    public void Dots_become_underscores_and_no_two_fields_get_one_name() =>
        Assert.Equal(
            Start + "\"@timestamp\":1,\"@timestamp_nanos\":\"5\",\"a_b\":1,\"a_b_2\":2,\"timestamp_desc_2\":3,\"a\\\\b\":4,\"a\\bb\":5}\n",
            Write(null, null,
                "{\"@timestamp\":1,\"@timestamp.nanos\":\"5\",\"a.b\":1,\"a_b\":2,\"timestamp.desc\":3,\"a\\\\b\":4,\"a\\b\u0062\":5}"));

    [Fact]
    public void Selected_fields_keep_the_time_of_the_event() =>
        Assert.Equal(Start + "\"n\":2}\n", Write(null, FieldFilter.Of(["n"], null), "{\"@timestamp\":1,\"n\":2}"));

    [Fact]
    public void An_event_without_a_time_is_kept_and_is_a_warning()
    {
        var signals = new SignalLog();
        var text = Write(signals, null, "{\"n\":1}", "{\"@timestamp\":\"soon\"}", "{\"@timestamp\":999999999999999999}");
        signals.EmitLater();
        Assert.Equal(3, text.Split('\n').Count(line => line.Contains("\"datetime\":\"\"")));
        Assert.Contains(signals.Warnings, w => w.Message.Contains("3 events have no time"));
    }

    [Theory]
    [InlineData("Iso")]
    [InlineData("Alerts")]
    [InlineData("Nanoseconds")]
    public void Times_of_any_schema_are_in_UTC(string name)
    {
        var schema = Schemas.Of(name);
        var value = schema.TimeUnit == TimeUnit.Iso8601 ? "\"2026-05-01T02:00:00.123456789+02:00\"" : "1777593600123456789";
        using var stream = new MemoryStream();
        using (var writer = EventWriters.CreateFiltered(ExportFormat.Timesketch, stream, null, null, schema))
        {
            writer.Write(Encoding.UTF8.GetBytes($"{{\"{schema.TimeField}\":{value}}}"));
            writer.Finish();
        }
        Assert.Contains("\"datetime\":\"2026-05-01T00:00:00.123456789+00:00\"", Encoding.UTF8.GetString(stream.ToArray()));
    }

    [Fact]
    public void An_export_is_valid_also_compressed_and_in_several_files()
    {
        foreach (var target in new[] { _folder.Target("x.jsonl"), _folder.Target("x.jsonl.gz"),
            _folder.Target("y.jsonl") with { MaxFileEvents = 70 } })
        {
            Make.Export(target with { Format = ExportFormat.Timesketch }, [.. Make.Events(300), .. HostileEvents.Events()]);
            Assert.Equal("timesketch", AssertValid(target.Path).Format);
        }
    }

    [Fact]
    public void A_csv_with_a_mark_is_valid_in_each_of_its_files()
    {
        var target = _folder.Target("x.csv") with { Bom = true, MaxFileEvents = 70 };
        Make.Export(target, Make.Events(300));
        Assert.True(AssertValid(target.Path).Bom);
        foreach (var file in Directory.GetFiles(_folder.Root, "*.csv"))
            Assert.Equal([0xEF, 0xBB, 0xBF, (byte)'@'], File.ReadAllBytes(file).Take(4));
    }

    [Fact]
    public void A_csv_without_events_has_the_mark_too()
    {
        var target = _folder.Target("x.csv") with { Bom = true };
        Make.Export(target, []);
        Assert.Equal([0xEF, 0xBB, 0xBF], File.ReadAllBytes(target.Path));
        AssertValid(target.Path);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_mark_that_the_manifest_does_not_know_is_found(bool written)
    {
        var target = _folder.Target("x.csv") with { Bom = written };
        Make.Export(target, Make.Events(3));
        Edit(target, manifest => manifest["bom"] = !written);
        Assert.Contains(written ? "Header" : "RowFormat", Failed(Verify(target.Path)));
    }

    [Fact]
    public void A_run_is_resumed_only_with_the_same_mark()
    {
        var target = _folder.Target("x.csv");
        using (var store = ExportStore.Create(target with { Bom = true }, Make.State()))
            store.AddPart("a", Make.Events(3), next: 3);
        var error = Assert.Throws<CheckpointMismatchException>(() => Stores.Resume(target));
        Assert.Contains("byte order mark", error.Message);
    }
}
