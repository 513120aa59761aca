using LogScalePaging.Diagnostics;
using LogScalePaging.Falcon.Rest;
using LogScalePaging.Falcon.Rest.Endpoints;
using LogScalePaging.Falcon.SignIn;
using LogScalePaging.LogScale;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Simulator;
using LogScalePaging.Transport;
using LogScalePaging.Transport.Http;
using LogScalePaging.Transport.Tokens;

namespace LogScalePaging.EndToEnd.Tests.FalconRest;

/// <summary>A simulated REST API of Falcon, and walks over it.</summary>
internal sealed class FalconRestBench : IDisposable
{
    public const string Secret = "s3cret&/+=Value9";

    private readonly List<PagingSignal> _told = [];

    public FalconRestBench(int records, Action<FalconRestOptions>? configure = null, Action<SimulatorOptions>? server = null)
    {
        var options = new SimulatorOptions
        {
            EventCount = 0,
            Gateway = new GatewayOptions { ClientSecret = Secret },
            Falcon = new FalconRestOptions { Records = records }
        };
        configure?.Invoke(options.Falcon);
        server?.Invoke(options);
        Server = LogScaleSimulator.Start(options);
        Signals.Emitted += signal =>
        {
            lock (_told)
                _told.Add(signal);
        };
    }

    public LogScaleSimulator Server { get; }

    public FalconRestOptions Falcon => Server.Options.Falcon!;

    public SignalLog Signals { get; } = new();

    /// <summary>Every signal, in order: a copy.</summary>
    public IReadOnlyList<PagingSignal> Told
    {
        get
        {
            lock (_told)
                return [.. _told];
        }
    }

    /// <summary>The requests for pages and counts.</summary>
    public IEnumerable<RequestRecord> Lists => Server.Requests.Where(r => r.Request.Kind == RequestKind.Rest);

    public static FalconRequest Request(string endpoint, int pageSize = 20) => new(endpoint)
    {
        Query = endpoint.StartsWith("/spotlight", StringComparison.Ordinal) ? "status:!'gone'" : "",
        PageSize = pageSize,
    };

    public FalconRestConnection Connect(TimeProvider? time = null)
    {
        var options = new ApiTransportOptions
        {
            BaseUrl = Server.BaseUrl,
            Tokens = NoTokenSource.Instance,
            Time = time ?? TimeProvider.System
        };
        return new FalconRestConnection(new ApiTransport(FalconTokenSource.Use(options, new FalconCredential("simulator-client",
            ConnectionSettings.Secret(Secret)!, null))));
    }

    /// <summary>Walks to the end.</summary>
    public async Task<(List<string> Records, List<string> Ids, Completeness Verdict)> WalkAsync(FalconRequest request,
        TimeProvider? time = null)
    {
        await using var connection = Connect(time);
        await using var search = connection.Open(request, Signals);
        var (records, ids) = (new List<string>(), new List<string>());
        await foreach (var page in search.PagesAsync(null, default))
        {
            records.AddRange(page.Items.Select(r => r.ToString()));
            ids.AddRange(page.Items.Select(r => r.Id ?? ""));
        }
        return (records, ids, await search.JudgeAsync(default));
    }

    public void Dispose() => Server.Dispose();
}
