using System.Text;
using LogScalePaging.Core.Tests.Records;
using LogScalePaging.Diagnostics;
using LogScalePaging.Export.Formats;
using LogScalePaging.Export.Store;
using LogScalePaging.Export.Target;
using LogScalePaging.Export.Verification;
using LogScalePaging.LogScale.Events;
using LogScalePaging.Paging.Positions;
using LogScalePaging.Records;
using static LogScalePaging.Core.Tests.Export.Verifying;

namespace LogScalePaging.Core.Tests.Export;

/// <summary>Times of events as ISO 8601 in files: the value, and what reads it back.</summary>
public sealed class IsoTimesTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static string Rewrite(string json, RecordSchema? schema = null) =>
        Encoding.UTF8.GetString(
            IsoTimes.For(schema ?? LogScaleEvents.Schema, TimestampFormat.Iso)!.Rewrite(Encoding.UTF8.GetBytes(json)).ToArray());

    private ExportTarget Target(string name) => _folder.Target(name) with { TimestampFormat = TimestampFormat.Iso };

    private static void AssertFails(ExportTarget target, string check) => Assert.Contains(check, Failed(Verify(target.Path)));

    [Theory]
    [InlineData("1777593600123", "\"2026-05-01T00:00:00.123Z\"")]
    [InlineData("\"1777593600123\"", "\"2026-05-01T00:00:00.123Z\"")]
    [InlineData("0", "\"1970-01-01T00:00:00.000Z\"")]
    [InlineData("-1", "\"1969-12-31T23:59:59.999Z\"")]
    [InlineData("-62135596800000", "\"0001-01-01T00:00:00.000Z\"")]
    [InlineData("253402300799999", "\"9999-12-31T23:59:59.999Z\"")]
    public void A_number_becomes_ISO_8601_in_UTC(string value, string expected)
    {
        Assert.Equal($"{{\"a\":[1],\"@timestamp\" : {expected},\"@ingesttimestamp\":{expected},\"b\":\"x\"}}",
            Rewrite($"{{\"a\":[1],\"@timestamp\" : {value},\"@ingesttimestamp\":{value},\"b\":\"x\"}}"));
        var written = Encoding.UTF8.GetBytes(expected);
        Assert.Equal(long.Parse(value.Trim('"'), System.Globalization.CultureInfo.InvariantCulture),
            RecordTime.OfWritten(written, TimeUnit.Milliseconds));
    }

    [Theory]
    [InlineData("253402300800000")]
    [InlineData("-62135596800001")]
    [InlineData("99999999999999999999")]
    [InlineData("1.5e12")]
    [InlineData("\"soon\"")]
    [InlineData("\"\"")]
    [InlineData("{\"@timestamp\":1}")]
    [InlineData("\"2026-05-01T00:00:00.123Z\"")]
    public void Any_other_value_stays_and_is_one_warning(string value)
    {
        var signals = new SignalLog();
        Make.Export(Target("x.ndjson"),
            [Make.Event($"{{\"@timestamp\":{value},\"@id\":\"a\"}}"), Make.Event($"{{\"@timestamp\":{value},\"@id\":\"b\"}}")], signals);
        signals.EmitLater();
        Assert.Equal($"{{\"@timestamp\":{value},\"@id\":\"a\"}}\n{{\"@timestamp\":{value},\"@id\":\"b\"}}\n",
            File.ReadAllText(_folder.Target("x.ndjson").Path));
        Assert.Contains("2 times", Assert.Single(signals.Warnings).Message);
        AssertValid(_folder.Target("x.ndjson").Path);
    }

    [Fact]
    public void Nanoseconds_have_nine_decimals()
    {
        var schema = Schemas.Of("Nanoseconds");
        Assert.Equal($"{{\"{schema.TimeField}\":\"2026-05-01T00:00:00.123456789Z\"}}",
            Rewrite($"{{\"{schema.TimeField}\":1777593600123456789}}", schema));
        Assert.Equal(1777593600123456789, RecordTime.OfWritten("\"2026-05-01T00:00:00.123456789Z\""u8, TimeUnit.Nanoseconds));
    }

    [Fact]
    public void Repeated_escaped_and_missing_names_are_handled()
    {
        Assert.Equal("{\"@timestamp\":\"1970-01-01T00:00:00.001Z\",\"\\u0040timestamp\":\"1970-01-01T00:00:00.002Z\"}",
            Rewrite("{\"@timestamp\":1,\"\\u0040timestamp\":2}"));
        Assert.Equal("{\"n\":1}", Rewrite("{\"n\":1}"));
        Assert.Equal("{\"@timestamp\":null}", Rewrite("{\"@timestamp\":null}"));
        Assert.Equal("{\"@timestamp\":\"1970-01-01T00:00:00.001Z\",\"cut", Rewrite("{\"@timestamp\":1,\"cut"));
    }

    [Fact]
    public void Times_that_are_ISO_8601_already_stay() =>
        Assert.Null(IsoTimes.For(Schemas.Of("Iso"), TimestampFormat.Iso));

    [Theory]
    [InlineData("x.ndjson")]
    [InlineData("x.json")]
    [InlineData("x.csv")]
    [InlineData("x.ndjson.gz")]
    [InlineData("x.jsonl")]
    public void A_file_of_each_format_is_valid_and_is_read_back(string name)
    {
        var target = Target(name) with { Compress = name.EndsWith(".gz", StringComparison.Ordinal), MaxFileEvents = 70 };
        if (name.EndsWith(".jsonl", StringComparison.Ordinal))
            target = target with { Format = ExportFormat.Timesketch };
        Make.Export(target, Make.Events(300));
        Assert.Equal(TimestampFormat.Iso, AssertValid(target.Path).TimestampFormat);
        var rows = new List<string>();
        ExportVerifier.Read(target.Path, null, _ => (in Record row) => rows.Add(row.ToString()), CancellationToken.None);
        Assert.Equal(300, rows.Count(row => row.Contains("\"@timestamp\":\"1970-01-01T00:16:")));
    }

    [Theory]
    [InlineData("x.ndjson")]
    [InlineData("x.csv")]
    public void A_changed_order_or_time_is_found(string name)
    {
        var target = Target(name);
        Make.Export(target, Make.Events(9));
        var text = File.ReadAllText(target.Path);
        File.WriteAllText(target.Path, text.Replace("00:16:39.999", "00:17:39.999"));
        AssertFails(target, "Order");
        File.WriteAllText(target.Path, text.Replace("1970-01-01T00:16:39.998", "1970-01-02T00:16:39.998"));
        AssertFails(target, "Range");
    }

    [Fact]
    public void A_manifest_with_another_format_does_not_match_the_file()
    {
        var target = Target("x.csv");
        Make.Export(target, Make.Events(9));
        Edit(target, manifest => manifest.AsObject().Remove("timestampFormat"));
        Assert.Contains(Verify(target.Path).Findings, f => f.Detail?.Contains("have no @timestamp") == true);
    }

    [Fact]
    public void Texts_like_converted_times_are_not_checked_and_are_said()
    {
        var target = Target("x.ndjson");
        Make.Export(target, [Make.Event("{\"@timestamp\":\"2026-05-01T00:00:00.123Z\",\"@id\":\"a\"}"), Make.Event(1, 5)]);
        AssertValid(target.Path);
        Assert.Contains(Verify(target.Path).Findings, f => f.Check == "Order" && f.Detail?.Contains("sent 1 times as text") == true);
    }

    [Fact]
    public void A_run_is_resumed_only_with_the_same_format()
    {
        var target = Target("x.csv");
        using (var store = ExportStore.Create(target, Make.State()))
            store.AddPart("a", Make.Events(3), next: 3);
        var error = Assert.Throws<CheckpointMismatchException>(
            () => Stores.Resume(target with { TimestampFormat = TimestampFormat.AsSent }));
        Assert.Contains("format of times", error.Message);
        using var resumed = Stores.Resume(target);
        Assert.Equal(TimestampFormat.Iso, resumed.State.TimestampFormat);
    }
}
