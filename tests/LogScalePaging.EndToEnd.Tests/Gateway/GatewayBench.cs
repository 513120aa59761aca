using LogScalePaging.Diagnostics;
using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.Falcon;
using LogScalePaging.Falcon.SignIn;
using LogScalePaging.LogScale;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Paging;
using LogScalePaging.Simulator;
using LogScalePaging.Support;
using LogScalePaging.TestServers;
using LogScalePaging.Transport.Errors;
using LogScalePaging.Transport.Http;

namespace LogScalePaging.EndToEnd.Tests.Gateway;

/// <summary>A simulated Falcon gateway with events of a test's own, and ways to connect to it.</summary>
internal sealed class GatewayBench : IDisposable
{
    public const string Secret = "s3cret&/+=Value9";

    private readonly List<PagingSignal> _told = [];

    /// <param name="configure">Changes the options of the server.</param>
    /// <param name="tls">Its certificate; null for plain HTTP.</param>
    public GatewayBench(Action<SimulatorOptions>? configure = null, TlsServer? tls = null)
    {
        Tls = tls;
        var options = new SimulatorOptions
        {
            EventCount = 0,
            Now = DateTimeOffset.FromUnixTimeMilliseconds(TestBench.Newest + 1000),
            Gateway = new GatewayOptions { ClientSecret = Secret },
            Secure = tls is null ? null : tls.SecureAsync,
        };
        configure?.Invoke(options);
        Server = LogScaleSimulator.Start(options);
        Signals.Emitted += signal =>
        {
            lock (_told)
                _told.Add(signal);
        };
    }

    public LogScaleSimulator Server { get; }

    public TlsServer? Tls { get; }

    public GatewayOptions Gateway => Server.Options.Gateway!;

    public SignalLog Signals { get; } = new();

    /// <summary>Every signal of the runs, in order: a copy.</summary>
    public IReadOnlyList<PagingSignal> Told
    {
        get
        {
            lock (_told)
                return [.. _told];
        }
    }

    /// <summary>The settings that fit the server.</summary>
    public FalconConnectionSettings Settings => new()
    {
        ClientId = Gateway.ClientId,
        ClientSecret = ConnectionSettings.Secret(Secret),
        BaseUrl = Server.BaseUrl.AbsoluteUri,
        Clouds = [new FalconCloud("us-1", Server.BaseUrl),
            .. Server.HomeUrl is { } home ? [new FalconCloud("us-2", home)] : Array.Empty<FalconCloud>()],
    };

    public LogScaleSearchConnection Connect(Func<ApiTransportOptions, ApiTransportOptions>? transport = null,
        Func<FalconConnectionSettings, FalconConnectionSettings>? change = null, string? repository = null) =>
        NgSiem.Connect(change?.Invoke(Settings) ?? Settings, repository, _ => null, Unhurried.Of(transport));

    /// <summary>Adds matching events, one each 10 ms back from the newest.</summary>
    public GatewayBench Fill(int count)
    {
        Server.Events.Add(Enumerable.Range(0, count).Select(i => TestBench.Event(i, TestBench.Newest - (i * 10L))));
        return this;
    }

    public IReadOnlyList<string> Truth => Server.Events.Matching(TestBench.Query);

    /// <summary>Runs a search to its end.</summary>
    public async Task<WalkOutcome> WalkAsync(LogScaleSearchConnection connection, SearchSpec? spec = null,
        CancellationToken cancellationToken = default)
    {
        var outcome = new WalkOutcome();
        await using (var search = new LogScaleSearch(connection, spec ?? TestBench.Spec(), Signals))
        {
            await foreach (var page in search.PagesAsync(null, cancellationToken))
                outcome.Events.AddRange(page.Items.Select(e => e.ToString()));
            outcome.Verdict = await search.JudgeAsync(cancellationToken);
            outcome.Identity = search.Identity;
            outcome.Strategy = search.Plan?.Strategy;
        }
        outcome.JobsLeft = Server.LiveJobCount;
        return outcome;
    }

    /// <summary>Runs a search that must fail on a request, and gives the request's failure.</summary>
    public async Task<ApiException> FailAsync(LogScaleSearchConnection connection)
    {
        var failure = await Assert.ThrowsAsync<PagingException>(() => WalkAsync(connection));
        var request = Assert.IsAssignableFrom<ApiException>(failure.InnerException);
        Assert.Equal(request.Message, failure.Message);
        return request;
    }

    /// <summary>One request that does nothing.</summary>
    public static Task<int> AskAsync(LogScaleSearchConnection connection, SignalLog? signals = null,
        CancellationToken cancellationToken = default) =>
        connection.Transport.With(signals ?? new SignalLog()).SendAsync(
            new ApiRequest(HttpMethod.Get, "humio/api/v1/status"), (answer, _) => Task.FromResult(answer.Status), cancellationToken);

    public void Dispose()
    {
        Server.Dispose();
        SecretWatch.AssertNone();
    }
}
