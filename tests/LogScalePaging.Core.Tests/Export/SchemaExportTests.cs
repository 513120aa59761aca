using System.Text;
using System.Text.Json.Nodes;
using LogScalePaging.Core.Tests.Records;
using LogScalePaging.Diagnostics;
using LogScalePaging.Export.Files;
using LogScalePaging.Export.State;
using LogScalePaging.Export.Store;
using LogScalePaging.Export.Target;
using LogScalePaging.LogScale.Events;
using LogScalePaging.Records;
using LogScalePaging.Records.Identities;
using static LogScalePaging.Core.Tests.Export.Verifying;

namespace LogScalePaging.Core.Tests.Export;

/// <summary>
/// Exports of records that are not LogScale's: the schema in checkpoint and manifest decides how they are ordered and checked.
/// </summary>
public sealed class SchemaExportTests : IDisposable
{
    private const long Instant = 1_777_593_600_000_000_000;
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, string> Outputs
    {
        get
        {
            var outputs = new TheoryData<string, string>();
            foreach (var schema in new[] { "Iso", "Alerts", "Ids", "Nanoseconds" })
            {
                foreach (var name in new[] { "x.json", "x.ndjson", "x.csv", "x.ndjson.gz" })
                    outputs.Add(schema, name);
            }
            return outputs;
        }
    }

    [Theory]
    [MemberData(nameof(Outputs))]
    public void A_complete_export_of_any_schema_is_valid(string name, string output)
    {
        var schema = Schemas.Of(name);
        foreach (var target in new[] { _folder.Target(output), _folder.Target("r" + output) with { MaxFileEvents = 70 } })
        {
            Make.Export(target, Records(schema, 300), schema: schema);

            var manifest = AssertValid(target.Path);

            Assert.Equal((schema, schema.Order.ToString(), true), (manifest.Schema, manifest.Order, manifest.Ordered));
            Assert.Equal(schema.IdentityField is null ? null : "id-0", manifest.First!.Id);
            Assert.Equal(schema.TimeField is null ? null : Time(schema, 0), manifest.First.Timestamp);
            Assert.Equal(schema.TimeField is null ? null : Time(schema, 299), manifest.Last!.Timestamp);
        }
    }

    [Theory]
    [InlineData("Iso", "is newer than the row before it")]
    [InlineData("Alerts", "is older than the row before it")]
    public void Rows_in_the_wrong_order_are_found_to_the_nanosecond(string name, string why)
    {
        var schema = Schemas.Of(name);
        var records = Records(schema, 10);
        (records[5], records[6]) = (records[6], records[5]);
        var target = _folder.Target("x.ndjson");
        Make.Export(target, records, schema: schema);
        Assert.False(AssertValid(target.Path).Ordered);
        Edit(target, m => m["ordered"] = true);

        var result = Verify(target.Path);

        Assert.Equal(["Order"], Failed(result));
        Assert.Contains(why, result.Findings.Single(f => f.Check == "Order").Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_repeated_record_is_found_by_the_identity_of_the_schema()
    {
        foreach (var name in new[] { "x.json", "x.csv" })
        {
            var records = Records(Schemas.Alerts, 10);
            var target = _folder.Target(name);
            Make.Export(target, [.. records.Take(5), records[4], .. records.Skip(5)], schema: Schemas.Alerts);

            var result = Verify(target.Path);

            Assert.Equal(["UniqueId"], Failed(result));
            Assert.Contains("composite_id", result.Findings.Single(f => f.Check == "UniqueId").Detail, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_row_outside_of_the_range_is_found_to_the_nanosecond()
    {
        var target = _folder.Target("x.ndjson");
        Make.Export(target, Records(Schemas.Iso, 10), schema: Schemas.Iso);
        Edit(target, m => m["range"] = new JsonObject { ["start"] = Time(Schemas.Iso, 9), ["end"] = Time(Schemas.Iso, 0) });
        Assert.Equal("2026-05-01T00:00:00.000000000Z", AssertValid(target.Path).Range.EndUtc);
        Edit(target, m => m["range"]!["start"] = Time(Schemas.Iso, 9) + 1);

        Assert.Equal(["Range"], Failed(Verify(target.Path)));
    }

    [Fact]
    public void Fields_that_a_schema_lacks_are_reported_as_not_checked()
    {
        var target = _folder.Target("x.json");
        Make.Export(target, Records(Schemas.Ids, 3), schema: Schemas.Ids);

        var findings = Verify(target.Path).Findings;

        Assert.Contains("have no time", findings.Single(f => f.Check == "Order").Detail, StringComparison.Ordinal);
        Assert.Null(findings.Single(f => f.Check == "UniqueId").Detail);
    }

    [Fact]
    public void An_order_that_is_not_that_of_the_schema_is_a_contradiction()
    {
        var target = _folder.Target("x.json");
        Make.Export(target, Records(Schemas.Alerts, 3), schema: Schemas.Alerts);
        Edit(target, m => m["order"] = "NewestFirst");

        Assert.Contains("Consistency", Failed(Verify(target.Path)));
    }

    [Fact]
    public void Cells_of_nested_values_are_their_json_and_strings_are_decoded()
    {
        var target = _folder.Target("x.csv");
        const string Json =
            """{"composite_id":"a","n":9007199254740993,"f":1.50,"t":true,"z":null,"s":"q\"\u00e9,","o":{"k":[{"x":"\u00e9"}]},"e":[]}""";
        Make.Export(target, [Parse(Schemas.Alerts, Json)], schema: Schemas.Alerts);

        Assert.Equal(
            """composite_id,n,f,t,z,s,o,e""" + "\r\n"
                + """a,9007199254740993,1.50,true,null,"q""é,","{""k"":[{""x"":""\u00e9""}]}","[]" """.TrimEnd() + "\r\n",
            File.ReadAllText(target.Path));
        AssertValid(target.Path);
    }

    [Fact]
    public void Windows_and_parts_are_assembled_oldest_first()
    {
        var target = _folder.Target();
        var records = Records(Schemas.Alerts, 9);
        var state = Make.State(Window("w3", 3, 6), Window("w0", 0, 3), Window("w6", 6, 9)) with { Schema = Schemas.Alerts };
        using var store = ExportStore.Create(target, state);
        store.AddPart("w6", records[6..9], done: true);
        store.AddPart("w0", records[0..2], next: 2);
        store.AddPart("w0", records[2..3], done: true);
        store.AddPart("w3", records[3..6], done: true);

        var finished = store.Assemble(new SignalLog(), null, CancellationToken.None);

        Assert.Equal(records.Select(r => r.ToString()), File.ReadAllLines(target.Path));
        Assert.True(finished.Ordered);
        Assert.Equal((Time(Schemas.Alerts, 0), Time(Schemas.Alerts, 8)), (finished.Files[0].Oldest, finished.Files[0].Newest));
        store.Complete();

        LaneState Window(string name, int first, int end) =>
            Make.Lane(name, Time(Schemas.Alerts, end)) with { RangeStart = Time(Schemas.Alerts, first) };
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Parts_that_overlap_in_time_are_not_in_order(bool swapped, bool newestFirst)
    {
        var schema = Schemas.Alerts with { Order = newestFirst ? RecordOrder.NewestFirst : RecordOrder.OldestFirst };
        var target = _folder.Target();
        var records = Records(schema, 6);
        using var store = ExportStore.Create(target, Make.State() with { Schema = schema });
        store.AddPart("a", swapped ? records[3..] : records[..3], next: 3);
        store.AddPart("a", swapped ? records[..3] : records[3..], done: true);

        Assert.Equal(!swapped, store.Assemble(new SignalLog(), null, CancellationToken.None).Ordered);
        store.Complete();
    }

    [Fact]
    public void A_resumed_run_knows_the_records_of_its_parts_by_the_schema()
    {
        var target = _folder.Target();
        var records = Records(Schemas.Iso, 6);
        using (var store = ExportStore.Create(target, Make.State() with { Schema = Schemas.Iso }))
            store.AddPart("a", records, next: 6);
        using var resumed = Stores.Resume(target);
        var known = new IdentitySet(IdentityMemory.All);

        KnownEvents.Read(target.PartialPath, resumed.State.Lanes[0], resumed.State.Schema, e => known.Add(RecordIdentity.Of(in e)));

        Assert.Equal(Schemas.Iso, resumed.State.Schema);
        Assert.All(records, r => Assert.Equal(Sighting.Known, known.Add(RecordIdentity.Of(r))));
        Assert.Equal(Sighting.New, known.Add(RecordIdentity.Of(Parse(Schemas.Iso, """{"_rowId":"other"}"""))));
    }

    [Fact]
    public void A_checkpoint_of_a_layout_without_schema_is_one_of_LogScale()
    {
        var target = _folder.Target();
        using (var store = ExportStore.Create(target, Make.State()))
            store.AddPart("a", Make.Events(3), next: 3);
        var path = Path.Combine(target.PartialPath, "checkpoint.json");
        var checkpoint = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        Assert.Equal("@id", (string?)checkpoint["schema"]!["identityField"]);
        checkpoint.Remove("schema");
        checkpoint["version"] = 2;
        File.WriteAllText(path, checkpoint.ToJsonString());

        var state = ExportStore.Peek(target.Path);

        Assert.Equal(LogScaleEvents.Schema, state.Schema);
        var upgraded = state.Upgraded("other");
        Assert.Equal((ExportState.CurrentVersion, state.Identity.Tenant), (upgraded.Version, upgraded.Identity.Tenant));
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(3, false)]
    [InlineData(3, true)]
    public void A_checkpoint_with_the_SHA_256_of_its_parts_resumes(int version, bool isDamaged)
    {
        var target = _folder.Target();
        using (var store = ExportStore.Create(target, Make.State()))
            store.AddPart("a", Make.Events(3), next: 3);
        var part = Path.Combine(target.PartialPath, "part-a-000001.ndjson");
        var path = Path.Combine(target.PartialPath, "checkpoint.json");
        var checkpoint = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        var record = checkpoint["lanes"]![0]!["parts"]![0]!.AsObject();
        Assert.True(record.Remove("xxHash128"));
        record["sha256"] = FileHash.Sha256(part);
        checkpoint["version"] = version;
        if (version < 3)
            checkpoint.Remove("schema");
        File.WriteAllText(path, checkpoint.ToJsonString());
        if (isDamaged)
        {
            var bytes = File.ReadAllBytes(part);
            bytes[bytes.Length / 2] ^= 1;
            File.WriteAllBytes(part, bytes);
        }

        using var resumed = Stores.Resume(target);

        Assert.Equal(isDamaged ? 0 : 3, resumed.State.Rows);
        Assert.Equal(isDamaged ? 1 : 0, resumed.DroppedParts.Count);
    }

    [Fact]
    public void A_part_is_hashed_once_and_fast_unless_it_may_be_the_output()
    {
        var target = _folder.Target();
        using var store = ExportStore.Create(target, Make.State());
        store.AddPart("a", Make.Events(3), next: 3);
        var whole = store.OpenPart("a", isWhole: true);
        whole.Append(Make.Event(9, 9));
        store.CommitPart(whole, null, laneDone: true);
        var parts = store.State.Lanes[0].Parts;
        Assert.Equal((null, 32), (parts[0].Sha256, parts[0].XxHash128!.Length));
        Assert.Equal((64, null), (parts[1].Sha256!.Length, parts[1].XxHash128));
    }

    [Fact]
    public void A_manifest_that_was_saved_before_a_crash_has_its_times_in_the_unit_of_the_schema()
    {
        using var other = new TempFolder();
        Run(other.Target(), _ => { });
        var target = _folder.Target();
        Assert.Throws<InvalidOperationException>(() => Run(target, step =>
        {
            if (step == "output renamed")
                throw new InvalidOperationException(step);
        }));

        using var resumed = Stores.Resume(target);

        Assert.Equal("2026-05-01T00:00:00.000000000Z", resumed.Published!.Range.EndUtc);
        Assert.Equal(File.ReadAllText(other.Target().ManifestPath), File.ReadAllText(target.ManifestPath));
        resumed.Complete();

        static void Run(ExportTarget target, Action<string> step)
        {
            var identity = Make.Identity with { RangeStart = Time(Schemas.Iso, 3), RangeEnd = Time(Schemas.Iso, 0) };
            using var store = ExportStore.Create(target, Make.State() with { Schema = Schemas.Iso, Identity = identity }, step);
            store.AddPart("a", Records(Schemas.Iso, 3), done: true);
            store.Assemble(new SignalLog(), null, CancellationToken.None, finished => Make.Manifest(target, store.State, finished));
            store.Complete();
        }
    }

    // In the order of the schema, 100 ns apart, two records at an instant.
    private static Record[] Records(RecordSchema schema, int count) =>
        [.. Enumerable.Range(0, count).Select(i => Parse(schema, Json(schema, i)))];

    private static string Json(RecordSchema schema, int number)
    {
        var fields = new List<string> { $"\"n\":{number}" };
        if (schema.TimeField is { } time)
        {
            var value = Time(schema, number);
            fields.Add($"\"{time}\":{(schema.TimeUnit == TimeUnit.Iso8601 ? $"\"{RecordTime.Utc(value, schema.TimeUnit)}\"" : value)}");
        }
        if (schema.IdentityField is { } id)
            fields.Add($"\"{id}\":\"id-{number}\",\"nested\":{{\"{id}\":\"same\",\"deep\":[{{\"x\":{number}}}]}}");
        return "{" + string.Join(",", fields) + "}";
    }

    private static long Time(RecordSchema schema, int number) =>
        Instant + (number / 2 * (schema.Order == RecordOrder.OldestFirst ? 100 : -100));

    private static Record Parse(RecordSchema schema, string json) => new RecordParser(schema).Parse(Encoding.UTF8.GetBytes(json));
}
