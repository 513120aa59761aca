using LogScalePaging.Diagnostics;
using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.Export.Formats;
using LogScalePaging.Export.Runs;
using LogScalePaging.Export.Slices;
using LogScalePaging.Export.Target;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Slices;

/// <summary>A server, a folder with a plan, and its slices.</summary>
internal sealed class SliceBench : IDisposable
{
    public const long Start = TestBench.Newest - 86_400_000;

    public SliceBench(int events = 2_000, int crowd = 300, SimulatorOptions? options = null, int retries = 0)
    {
        Bench = new TestBench(options, o => o with { MaxRetryCount = retries });
        if (events > 0)
            Bench.Fill(events, crowd);
    }

    public TestBench Bench { get; }

    public TemporaryFolder Folder { get; } = new();

    public string PlanPath => Folder.In("plan.json");

    /// <summary>The search over a fixed range that has all events of <see cref="TestBench.Fill"/>.</summary>
    public static SearchSpec Spec(string query = TestBench.Query) =>
        new(query) { Start = QueryTime.At(Start), End = QueryTime.At(TestBench.Newest + 1) };

    public async Task<ExportPlan> PlanAsync(PlanOptions options, SearchSpec? spec = null, SignalLog? signals = null)
    {
        var plan = await new ExportPlanner(Bench.Connection, spec ?? Spec(), options, signals ?? new SignalLog()).PlanAsync(default);
        plan.Save(PlanPath, force: true);
        Assert.Equal(0, Bench.Server.LiveJobCount);
        return plan;
    }

    public SliceRun Slice(int index) => SliceRun.Load(PlanPath, index, null, _ => null);

    public async Task<ExportOutcome> RunAsync(int index, SignalLog? signals = null)
    {
        var (slice, log) = (Slice(index), signals ?? new SignalLog());
        var request = await slice.RequestAsync(Bench.Connection, log, default);
        using var limit = slice.Limit(Bench.Connection);
        return await new ExportRun(Bench.Connection, request, log).RunAsync(default);
    }

    public async Task RunAllAsync(ExportPlan plan)
    {
        foreach (var slice in plan.Slices)
        {
            var result = await RunAsync(slice.I);
            Assert.Equal(slice.Expected, result.Manifest.Counts.Written);
        }
    }

    public Task<ExportOutcome> MergeAsync(string? name = null, bool count = true, bool force = false, MergeOptions? options = null,
        Action<string>? step = null)
    {
        var merge = MergeRun.Load(PlanPath, (options ?? new MergeOptions()) with { Force = force }, new SignalLog(), TimeProvider.System);
        merge.Step = step ?? merge.Step;
        return merge.RunAsync(count ? Bench.Connection : null, name is null ? null : Folder.In(name), null, default);
    }

    /// <summary>The bytes of one run over the range.</summary>
    public async Task<byte[]> SingleAsync(string name, PlanOptions options)
    {
        var path = Folder.In("single-" + name);
        ExportFormats.TryFromPath(path, out _, out var compressed);
        var target = new ExportTarget
        {
            Path = path,
            Format = options.Format,
            Compress = compressed,
            Bom = options.Bom,
            TimestampFormat = options.TimestampFormat,
            Property = options.Property,
            ExcludeProperty = options.ExcludeProperty,
        };
        await new ExportRun(Bench.Connection, new ExportRequest(Spec(), target), new SignalLog()).RunAsync(default);
        return await File.ReadAllBytesAsync(path);
    }

    public string FileOf(int index) => Slice(index).Target.Path;

    public void Edit(int index, string old, string with)
    {
        var path = Slice(index).Target.ManifestPath;
        var text = File.ReadAllText(path);
        Assert.Contains(old, text, StringComparison.Ordinal);
        File.WriteAllText(path, text.Replace(old, with, StringComparison.Ordinal));
    }

    public void Dispose()
    {
        Bench.Dispose();
        Folder.Dispose();
    }
}
