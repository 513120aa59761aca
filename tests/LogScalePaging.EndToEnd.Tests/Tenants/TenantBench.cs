using LogScalePaging.Diagnostics;
using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.Export.Formats;
using LogScalePaging.Export.Runs;
using LogScalePaging.Export.Target;
using LogScalePaging.Falcon;
using LogScalePaging.Falcon.SignIn;
using LogScalePaging.LogScale;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Search;
using LogScalePaging.Simulator;
using LogScalePaging.Support;
using LogScalePaging.Tenants;

namespace LogScalePaging.EndToEnd.Tests.Tenants;

/// <summary>A simulated Falcon account with child tenants, each with separate events, and exports of them.</summary>
internal sealed class TenantBench : IDisposable
{
    private const string Secret = "s3cret&/+=Value9";
    private const long Newest = TestBench.Newest;

    private readonly TemporaryFolder _folder = new();

    public TenantBench(int tenants, int events, Action<SimulatorOptions>? configure = null, TimeProvider? time = null)
    {
        Tenants = GatewayTenant.Generate(tenants, events);
        var options = new SimulatorOptions
        {
            EventCount = 0,
            Now = DateTimeOffset.FromUnixTimeMilliseconds(Newest),
            TimeProvider = time ?? TimeProvider.System,
            Gateway = new GatewayOptions { ClientSecret = Secret, Tenants = Tenants },
            Falcon = new FalconRestOptions { Records = 5 },
        };
        // The account itself has events too. None of them may appear under a tenant.
        options.EventCount = 500;
        configure?.Invoke(options);
        Server = LogScaleSimulator.Start(options);
        var settings = new FalconConnectionSettings
        {
            ClientId = options.Gateway.ClientId,
            ClientSecret = ConnectionSettings.Secret(Secret),
            BaseUrl = Server.BaseUrl.AbsoluteUri,
            Clouds = [new FalconCloud("us-1", Server.BaseUrl)],
        };
        Falcon = settings.Connect(_ => null, Unhurried.Of(o => o with { MaxRetryCount = 1, Time = options.TimeProvider }));
    }

    public LogScaleSimulator Server { get; }

    public FalconApiClient Falcon { get; }

    public IReadOnlyList<GatewayTenant> Tenants { get; }

    public List<(string Tenant, PagingSignal Signal)> Told { get; } = [];

    public List<TenantProgress> Progress { get; } = [];

    public static SearchSpec Spec { get; } = new("*")
    {
        Start = QueryTime.Parse((Newest - 86_500_000).ToString(System.Globalization.CultureInfo.InvariantCulture)),
        End = QueryTime.Parse(Newest.ToString(System.Globalization.CultureInfo.InvariantCulture)),
    };

    public string PathOf(string cid) => _folder.In($"{cid}-events.ndjson");

    public IReadOnlyList<string> Files =>
        [.. Directory.GetFileSystemEntries(_folder.Path).Select(p => Path.GetFileName(p)!).Order(StringComparer.Ordinal)];

    public TenantExport Export(string cid, SearchRequest? search = null) => new(
        cid,
        () => FalconTenants.Connect(Falcon, cid, (search ?? Spec).System),
        new ExportRequest(search ?? Spec, new ExportTarget { Path = PathOf(cid), Format = ExportFormat.NdJson })
        {
            Resume = true,
            OrBegin = true
        });

    public async Task<Dictionary<string, TenantOutcome>> RunAsync(IEnumerable<TenantExport> exports,
        TimeSpan? stopAfter = null, TimeSpan usedBefore = default, CancellationToken cancellationToken = default)
    {
        var run = new TenantExports([.. exports], Server.Options.TimeProvider,
            (tenant, signal) => Locked(() => Told.Add((tenant, signal))), progress => Locked(() => Progress.Add(progress)))
        {
            StopAfter = stopAfter,
            UsedBefore = usedBefore,
        };
        var outcomes = new Dictionary<string, TenantOutcome>(StringComparer.Ordinal);
        await foreach (var outcome in run.RunAsync(cancellationToken))
            outcomes.Add(outcome.Export.Tenant, outcome);
        return outcomes;
    }

    public void Dispose()
    {
        Falcon.Dispose();
        Server.Dispose();
        _folder.Dispose();
        SecretWatch.AssertNone();
    }

    private void Locked(Action add)
    {
        lock (Told)
            add();
    }
}
