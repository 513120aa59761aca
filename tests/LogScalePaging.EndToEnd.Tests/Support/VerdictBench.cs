using System.IO.Compression;
using System.Text;
using LogScalePaging.Diagnostics;
using LogScalePaging.Export.Formats;
using LogScalePaging.Export.Runs;
using LogScalePaging.Export.Target;
using LogScalePaging.Export.Verification;
using LogScalePaging.LogScale;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Support;

/// <summary>Runs searches against a server that answers wrongly, to a file and as pages, and collects their results.</summary>
internal sealed class VerdictBench : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private int _runs;

    /// <summary>Starts the server.</summary>
    /// <param name="options">Its settings.</param>
    /// <param name="ingestLagMs">Its ingest lag. The default is longer than the range, so that the whole range is counted again.</param>
    public VerdictBench(SimulatorOptions? options = null, long? ingestLagMs = 172_800_000)
    {
        options ??= new SimulatorOptions();
        options.MaxIngestLatencyMs = ingestLagMs;
        Bench = new TestBench(options, o => o with { Time = new FastTimeProvider(40) });
    }

    public VerdictBench(EventDefects defects)
        : this(new SimulatorOptions { MaxTail = 10_000, Defects = defects })
    {
    }

    public TestBench Bench { get; }

    public LogScaleSimulator Server => Bench.Server;

    public AnswerFaultPlan Plan => Server.Options.AnswerFaults;

    /// <summary>A search over the absolute range that holds the events of <see cref="Fill"/>.</summary>
    public static SearchSpec Spec(SearchStrategy strategy = SearchStrategy.Auto, string query = TestBench.Query) => new(query)
    {
        Start = QueryTime.At(TestBench.Newest - 86_400_000),
        End = QueryTime.At(TestBench.Newest + 1),
        Strategy = strategy,
        Parallel = 1,
    };

    /// <summary>Adds matching events, so many in each millisecond, back from <see cref="TestBench.Newest"/>.</summary>
    public VerdictBench Fill(int count, int instant = 1)
    {
        Server.Events.Add(Enumerable.Range(0, count).Select(i => TestBench.Event(i, TestBench.Newest - (i / instant * 10L))).Reverse());
        return this;
    }

    /// <summary>The rows that a complete run has to bring.</summary>
    public IReadOnlyList<string> Truth(SearchSpec? spec = null)
    {
        spec ??= Spec();
        return Server.Events.Matching(spec.Query, spec.Start.Milliseconds, spec.End.Milliseconds ?? Server.Now.ToUnixTimeMilliseconds());
    }

    /// <summary>Exports to a file, whose rows are read back, but for those of a csv.</summary>
    public async Task<VerdictRun> ExportAsync(SearchSpec spec, string name = "events.ndjson")
    {
        var path = _folder.In($"{++_runs}-{name}");
        var target = new ExportTarget { Path = path, Format = ExportFormats.FromPath(path, out var compress), Compress = compress };
        var signals = new SignalLog();
        var run = new VerdictRun("file");
        try
        {
            var result = await new ExportRun(Bench.Connection, new ExportRequest(spec, target), signals).RunAsync(default);
            run = run with { Verdict = result.Completeness, Error = result.Error, Strategy = result.Manifest.Strategy };
            if (result.ManifestPath is not null)
            {
                run = run with
                {
                    Manifest = result.Manifest,
                    Verification = ExportVerifier.Verify(path, null, default),
                    Rows = [.. Lines(Encoding.UTF8.GetString(Bytes(path, compress)), target.Format)],
                };
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            run = run with { Error = e };
        }
        return run with { Warnings = [.. signals.Warnings.Select(w => w.Message)] };
    }

    /// <summary>Walks the pages, as the pipeline does.</summary>
    public async Task<VerdictRun> WalkAsync(SearchSpec spec)
    {
        var signals = new SignalLog();
        var rows = new List<string>();
        var run = new VerdictRun("pages") { Rows = rows };
        await using (var search = new LogScaleSearch(Bench.Connection, spec, signals))
        {
            try
            {
                await foreach (var page in search.PagesAsync())
                    rows.AddRange(page.Items.Select(e => Encoding.UTF8.GetString(e.Utf8.Span)));
                run = run with { Verdict = await search.JudgeAsync(default) };
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                run = run with { Error = e, Verdict = search.JudgeBroken(e.Message) };
            }
            run = run with { Strategy = search.Plan?.Strategy };
        }
        return run with { Warnings = [.. signals.Warnings.Select(w => w.Message)] };
    }

    /// <summary>Runs a search both ways, the server beginning anew each time.</summary>
    public async Task<IReadOnlyList<VerdictRun>> BothAsync(SearchSpec spec)
    {
        Server.Reset();
        var file = await ExportAsync(spec);
        Server.Reset();
        return [file, await WalkAsync(spec)];
    }

    /// <summary>The bytes of the last file, unpacked.</summary>
    public byte[] LastFile() =>
        Directory.GetFiles(_folder.Path).Where(
            f => !f.EndsWith(".manifest.json", StringComparison.Ordinal) && !f.EndsWith(".sha256", StringComparison.Ordinal))
        .OrderBy(f => int.Parse(Path.GetFileName(f).Split('-')[0], System.Globalization.CultureInfo.InvariantCulture))
        .Select(f => Bytes(f, f.EndsWith(".gz", StringComparison.Ordinal))).Last();

    public void Dispose()
    {
        Bench.Dispose();
        _folder.Dispose();
    }

    private static IEnumerable<string> Lines(string text, ExportFormat format)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (format == ExportFormat.Csv)
            return [];
        return format == ExportFormat.NdJson ? lines : lines.Where(l => l is not ("[" or "]" or "[]")).Select(l => l.TrimEnd(','));
    }

    private static byte[] Bytes(string path, bool compressed)
    {
        var bytes = File.ReadAllBytes(path);
        if (!compressed)
            return bytes;
        using var unpacked = new MemoryStream();
        using (var packed = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress))
            packed.CopyTo(unpacked);
        return unpacked.ToArray();
    }
}
