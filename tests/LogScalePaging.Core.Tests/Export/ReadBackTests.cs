using System.Text;
using System.Text.Json;
using LogScalePaging.Export.Manifest;
using LogScalePaging.Export.Verification;
using static LogScalePaging.Core.Tests.Export.Verifying;

namespace LogScalePaging.Core.Tests.Export;

/// <summary>An export is read back row by row while it is verified.</summary>
public sealed class ReadBackTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("x.json", null)]
    [InlineData("x.ndjson", null)]
    [InlineData("x.json.gz", null)]
    [InlineData("x.ndjson.gz", 7)]
    [InlineData("x.json", 100)]
    public void The_rows_of_json_have_the_bytes_of_the_events(string name, int? maxFileEvents)
    {
        foreach (var count in new[] { 0, 1, 25, 3_000 })
        {
            var target = _folder.Target(name) with { Force = true, MaxFileEvents = maxFileEvents };
            var events = Make.Events(count);
            Make.Export(target, events);
            var (rows, result) = Read(target.Path);
            Assert.True(result.IsValid);
            Assert.Equal(events.Select(Text), rows.Select(r => r.Json));
            Assert.Equal(events.Select(e => (e.Id, e.Timestamp)), rows.Select(r => (r.Id, r.Time)));
        }
    }

    [Fact]
    public void The_rows_of_json_survive_hostile_text()
    {
        var events = HostileEvents.Events();
        foreach (var name in new[] { "x.json", "x.ndjson" })
        {
            Make.Export(_folder.Target(name), events);
            Assert.Equal(events.Select(Text), Read(_folder.In(name)).Rows.Select(r => r.Json));
        }
    }

    [Theory]
    [InlineData("x.csv")]
    [InlineData("x.csv.gz")]
    public void The_rows_of_a_csv_have_the_time_as_a_number_and_null_for_an_empty_cell(string name)
    {
        var events = Make.Events(4);
        Make.Export(_folder.Target(name), events);
        var (rows, result) = Read(_folder.In(name));
        Assert.True(result.IsValid);
        Assert.Equal(events.Select(e => (e.Id, e.Timestamp)), rows.Select(r => (r.Id, r.Time)));
        var last = JsonDocument.Parse(rows[^1].Json).RootElement;
        Assert.Equal(JsonValueKind.Number, last.GetProperty("@timestamp").ValueKind);
        Assert.Equal("3", last.GetProperty("n").GetString());
        Assert.Equal("a,\"3\"\n", last.GetProperty("third").GetString());
        Assert.Equal(JsonValueKind.Null, JsonDocument.Parse(rows[1].Json).RootElement.GetProperty("third").ValueKind);
    }

    [Fact]
    public void The_manifest_comes_before_the_first_row()
    {
        var target = _folder.Exported("x.ndjson", 3);
        ExportManifest? seen = null;
        var rows = 0;
        ExportVerifier.Read(target.Path, null, manifest =>
        {
            Assert.Equal(0, rows);
            seen = manifest;
            return (in Record _) => rows++;
        }, CancellationToken.None);
        Assert.Equal(3, seen!.Counts.Written);
        Assert.Equal(3, rows);
    }

    [Fact]
    public void A_changed_row_is_read_and_found()
    {
        var target = _folder.Exported("x.ndjson", 3);
        File.WriteAllText(target.Path, File.ReadAllText(target.Path).Replace("\"n\":\"1\"", "\"n\":\"9\"", StringComparison.Ordinal));
        var (rows, result) = Read(target.Path);
        Assert.Equal(["Sha256"], Failed(result));
        Assert.Contains("\"n\":\"9\"", rows[1].Json, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x.ndjson")]
    [InlineData("x.json")]
    public void A_row_that_is_not_an_object_is_left_out_and_found(string name)
    {
        var target = _folder.Exported(name, 3);
        var lines = File.ReadAllLines(target.Path);
        var at = name == "x.json" ? 2 : 1;
        lines[at] = name == "x.json" ? "{\"broken\":," : "{\"broken\":";
        File.WriteAllText(target.Path, string.Join('\n', lines) + "\n");
        var (rows, result) = Read(target.Path);
        Assert.Contains("RowFormat", Failed(result));
        Assert.Equal(["id-0", "id-2"], rows.Select(r => r.Id));
    }

    [Fact]
    public void Nothing_is_read_without_a_manifest()
    {
        var target = _folder.Exported("x.ndjson", 3);
        File.Delete(target.ManifestPath);
        var (rows, result) = Read(target.Path);
        Assert.False(result.IsValid);
        Assert.Empty(rows);
    }

    private static string Text(Record e) => Encoding.UTF8.GetString(e.Utf8.ToArray());

    // A row is valid only during the call.
    private static (List<(string Json, string? Id, long? Time)> Rows, VerificationResult Result) Read(string path)
    {
        var rows = new List<(string Json, string? Id, long? Time)>();
        var result = ExportVerifier.Read(path, null, _ => (in Record row) => rows.Add((Text(row), row.Id, row.Timestamp)),
            CancellationToken.None);
        return (rows, result);
    }
}
