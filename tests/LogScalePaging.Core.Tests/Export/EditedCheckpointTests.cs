using System.Text.Json.Nodes;
using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Runs;
using LogScalePaging.Export.State;
using LogScalePaging.Export.Store;
using LogScalePaging.Export.Target;
using LogScalePaging.LogScale.Walks;
using LogScalePaging.Paging.Positions;

namespace LogScalePaging.Core.Tests.Export;

/// <summary>
/// A checkpoint with content that a run never writes is refused with its name, before anything is read, counted, renamed or deleted because
/// of it.
/// </summary>
public sealed class EditedCheckpointTests : IDisposable
{
    private const string Sha = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> Edits =>
    [
        "schema=null", "schema={}", "schema.noun=\"\"", "schema.noun=null", "schema.identityField=\"\"", "schema.timeField=\"@id\"",
        "schema.timeUnit=\"Weeks\"", "schema.timeUnit=9", "schema.order=\"Random\"", "schema.values=7", "schema=5",
        "version=0", "version=-1", "version=1e99", "version=\"NaN\"", "format=99", "resumes=-1", "resumes=2147483647", "expectedBefore=-1",
        "duplicates=-5", "duplicates=99999999999999999999", "maxEvents=0", "maxEvents=-1", "maxFileSize=0", "maxFileEvents=-9",
            "notes.x=null",
        "property=[null]", "identity.host=null", "identity.repository=null", "identity.rangeStart=3000000", "identity.arguments.host=null",
        "surplus=null", "surplus=[\"../../victim\"]", "surplus=[null]", "surplus=[\"y.json\"]",
        "lanes.0.name=\"\"", "lanes.0.name=\"../a\"", "lanes.0.name=\"b\"", "lanes.0.name=\"c\"", "lanes.1.name=\"a\"",
            "lanes.0.planned=-1", "lanes.0.counted=-1",
        "lanes.0.rangeStart=5", "lanes.0.parts=null", "lanes.0.parts.0=null",
        "lanes.0.parts.0.rows=-1", "lanes.0.parts.0.rows=9223372036854775807", "lanes.0.parts.0.rows=\"NaN\"",
            "lanes.0.parts.0.rows=1.5", "lanes.0.parts.0.rows=NaN",
        "lanes.0.parts.0.rows=1e400", "lanes.0.parts.0.rows=2", "lanes.0.parts.0.rows=4", "lanes.0.parts.0.bytes=-1",
            "lanes.0.parts.0.bytes=9223372036854775807",
        "lanes.0.parts.0.duplicates=-1", "lanes.0.parts.0.duplicates=9223372036854775807", "lanes.0.parts.0.late=-1",
            "lanes.0.parts.0.late=4",
        "lanes.0.parts.0.xxHash128=null", "lanes.0.parts.0.xxHash128=\"x\"", "lanes.0.parts.0.sha256=\"x\"",
            "lanes.0.parts.0.newest=1",
        "lanes.0.parts.0.file=\"../../victim\"", "lanes.0.parts.0.file=\"/etc/passwd\"",
            "lanes.0.parts.0.file=\"part-a-000001.ndjson/../../victim\"",
        "lanes.0.parts.0.file=\"checkpoint.json\"", "lanes.0.parts.0.file=\"part-b-000001.ndjson\"",
            "lanes.0.parts.0.file=\"part-unknown-000001.ndjson\"",
        "lanes.0.parts.0.file=\"part-a-1.ndjson\"", "lanes.0.parts.0.file=\"part-a-000001.ndjson\\n\"",
        "lanes.0.parts.0.possiblyLate=-1", "lanes.0.parts.0.repeatedIds=-1",
            "lanes.0.parts.0.withoutId=-1", "lanes.0.parts.0.outsideRange=99",
        "lanes.0.parts.0.next.position=null", "lanes.0.parts.0.next.identity=null", "lanes.0.parts.0.next.received=-1",
            "lanes.0.parts.0.next.strategy=null",
        "finished={\"files\":[],\"events\":0}", "finished={\"files\":null,\"events\":0}",
            $"finished={{\"files\":[{Output("../victim")}],\"events\":1}}",
        $"finished={{\"files\":[{Output("y.json")}],\"events\":1}}", $"finished={{\"files\":[{Output("x.json", bytes: -1)}],\"events\":1}}",
        $"finished={{\"files\":[{Output("x.json")},{Output("x.json")}],\"events\":1}}",
            $"finished={{\"files\":[{Output("x.json", sha: "b")}],\"events\":1}}",
        $"schema.order=\"OldestFirst\";finished={{\"files\":[{Output("x.json")}],\"events\":1}};manifest={Manifest("x.json")}",
        $"manifest={Manifest("x.json")}", $"finished={{\"files\":[{Output("x.json")}],\"events\":1}};manifest={Manifest("../victim")}",
    ];

    [Theory]
    [MemberData(nameof(Edits))]
    public void ValuesThatNoRunWrites_AreRefusedByName(string edit)
    {
        var target = Begun();
        File.WriteAllText(_folder.In("victim"), "mine");
        Change(target, edit);
        var before = Files();
        var error = Stores.Fails(ExportErrorKind.Damaged, () => ExportStore.Resume(target, s => s));
        Assert.Contains(Checkpoint(target), error.Message, StringComparison.Ordinal);
        Assert.Contains("--force", error.Message, StringComparison.Ordinal);
        Stores.Fails(ExportErrorKind.ResumableExists, () => ExportStore.Create(target, Make.State()));
        EmptyExport.Remove(target.Path);
        Assert.Equal(before, Files());
        Make.Export(target with { Force = true }, Make.Events(2));
        Assert.Equal("mine", File.ReadAllText(_folder.In("victim")));
    }

    [Theory]
    [InlineData("strategy=\"Guess\"")]
    [InlineData("lanes.0.name=\"w0-9\"")]
    [InlineData("lanes.0.rangeEnd=11")]
    [InlineData("lanes.1.rangeStart=-1;lanes.1.name=\"w-1-10\"")]
    [InlineData("lanes.1.rangeEnd=12;lanes.1.name=\"w0-12\"")]
    [InlineData("lanes.0.rangeStart=null")]
    [InlineData("strategy=\"Around\"")]
    public void Lanes_ThatTheStrategyDoesNotMake_AreRefused(string edit) => AssertUnusable(
        Make.State(Window(10, 20), Window(0, 10)) with
        {
            Notes = Notes,
            Identity = Make.Identity with
            {
                RangeStart = 0,
                RangeEnd = 20
            }
        }, edit);

    [Theory]
    [InlineData("lanes.0.name=\"b\"")]
    [InlineData("lanes.0.parts.0.next=null")]
    [InlineData("lanes.0.parts.0.next.position={}")]
    [InlineData("lanes.0.parts.0.next.position.kind=\"guess\"")]
    [InlineData("lanes.0.parts.0.next.position.timestamp=\"NaN\"")]
    [InlineData("lanes.0.parts.0.next.position.before=\"99999999999\"")]
    [InlineData("lanes.0.parts.0.next.position.before=\"-1\"")]
    [InlineData("lanes.0.parts.0.next.position.id=null")]
    public void APosition_ThatNoWalkHas_IsRefused(string edit)
    {
        var next = Make.Next(3) with
        {
            Strategy = "Around",
            Position = PagePosition.Of(("kind", "page"), ("id", "x"), ("timestamp", "5"),
            ("before", "200"))
        };
        var part = new PartRecord { File = "part-a-000001.ndjson", Rows = 3, Bytes = 30, Sha256 = Sha, Next = next };
        AssertUnusable(Make.State(Make.Lane("a") with { Parts = [part] }) with { Strategy = "Around" }, edit);
    }

    [LinuxFact]
    public void APartThatIsALinkOrAPipe_IsRefused()
    {
        var target = Begun();
        var part = Path.Combine(target.PartialPath, "part-a-000001.ndjson");
        File.Move(part, _folder.In("elsewhere"));
        Unix.SymbolicLink(part, _folder.In("elsewhere"));
        Assert.Contains("'part-a-000001.ndjson' is a symbolic link", Stores.Fails(ExportErrorKind.Damaged, () =>
            ExportStore.Resume(target, s => s)).Message, StringComparison.Ordinal);
        File.Delete(part);
        Unix.NamedPipe(part);
        Assert.Contains("'part-a-000001.ndjson' is a named pipe", Stores.Fails(ExportErrorKind.Damaged, () => ExportStore.Resume(target,
            s => s)).Message, StringComparison.Ordinal);
    }

    private static Dictionary<string, string> Notes => new()
    {
        ["buffer.capacity"] = "200",
        ["buffer.tail"] = "True",
        ["buffer.oldestFirst"] = "False",
        ["buffer.fields"] = "null",
    };

    private static LaneState Window(long start, long end) => Make.Lane($"w{start}-{end}", end) with { RangeStart = start };

    private static string Output(string path, long bytes = 1, string sha = Sha) =>
        $$"""{"path":"{{path}}","bytes":{{bytes}},"sha256":"{{sha}}","events":1}""";

    private static string Manifest(string path) =>
        $$"""{"state":"Complete","system":"","host":"","repository":"","query":"*","querySha256":"","range":{},"strategy":"","format":"json","counts":{},"files":[{{Output(path)}}]}""";

    private static string Checkpoint(ExportTarget target) => Path.Combine(target.PartialPath, "checkpoint.json");

    private ExportTarget Begun()
    {
        var target = _folder.Target("x.json");
        using var store = ExportStore.Create(target, Make.State(Make.Lane("a", 4), Make.Lane("b",
            3)) with
        { Notes = new Dictionary<string, string> { ["x"] = "y" } });
        store.AddPart("a", Make.Events(3), next: 3);
        store.AddPart("b", Make.Events(2), next: 2);
        return target;
    }

    private string[] Files() => [.. Directory.GetFiles(_folder.Root, "*",
        SearchOption.AllDirectories).Order(StringComparer.Ordinal).Where(f => !f.EndsWith("lock", StringComparison.Ordinal)).Select(f =>
        f + File.ReadAllText(f))];

    private static void AssertUnusable(ExportState state, string edit)
    {
        using var folder = new TempFolder();
        var target = folder.Target("x.json");
        Directory.CreateDirectory(target.PartialPath);
        File.WriteAllBytes(Checkpoint(target), CheckpointFile.Serialize(state));
        LaneCheck.EnsureUsable(ExportStore.Peek(target.Path), Checkpoint(target), SavedPlanCheck.EnsureUsable);
        Change(target, edit);
        var error = Stores.Fails(ExportErrorKind.Damaged, () =>
        {
            LaneCheck.EnsureUsable(ExportStore.Peek(target.Path), Checkpoint(target), SavedPlanCheck.EnsureUsable);
            return "";
        });
        Assert.Contains(Checkpoint(target), error.Message, StringComparison.Ordinal);
    }

    // Changes in the form "path=value;path=value". A value that is not JSON is written as a string.
    private static void Change(ExportTarget target, string edits)
    {
        const string Raw = "\"(raw)\"";
        var root = JsonNode.Parse(File.ReadAllText(Checkpoint(target)))!;
        string? raw = null;
        foreach (var edit in System.Text.RegularExpressions.Regex.Split(edits, ";(?=[a-z])"))
        {
            var equals = edit.IndexOf('=', StringComparison.Ordinal);
            var (names, value) = (edit[..equals].Split('.'), edit[(equals + 1)..]);
            if (value is "NaN" or "1e400")
                (raw, value) = (value, Raw);
            var at = names[..^1].Aggregate(root, (node, name) => int.TryParse(name, out var index) ? node[index]! : node[name]!);
            if (int.TryParse(names[^1], out var last))
                at[last] = JsonNode.Parse(value);
            else
                at[names[^1]] = JsonNode.Parse(value);
        }
        var text = root.ToJsonString();
        File.WriteAllText(Checkpoint(target), raw is null ? text : text.Replace(Raw, raw, StringComparison.Ordinal));
    }
}
