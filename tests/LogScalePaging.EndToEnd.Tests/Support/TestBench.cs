using System.Globalization;
using LogScalePaging.Diagnostics;
using LogScalePaging.LogScale;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Paging;
using LogScalePaging.Simulator;
using LogScalePaging.Support;
using LogScalePaging.Transport.Http;

namespace LogScalePaging.EndToEnd.Tests.Support;

/// <summary>A simulator with events of a test's own, and a connection to it.</summary>
internal sealed class TestBench : IDisposable
{
    public const string Query = "#event_simpleName=ProcessRollup2";

    /// <summary>Where the events of <see cref="Fill"/> end.</summary>
    public const long Newest = 1_750_000_000_000;

    private readonly bool _owns;

    public TestBench(SimulatorOptions? options = null, Func<ApiTransportOptions, ApiTransportOptions>? transport = null)
        : this(Start(options ?? new SimulatorOptions()), transport) => _owns = true;

    /// <summary>A separate connection to a server that other tests also use, one after the other.</summary>
    public TestBench(LogScaleSimulator server, Func<ApiTransportOptions, ApiTransportOptions>? transport)
    {
        Server = server;
        Connection = new ConnectionSettings
        {
            BaseUrl = Server.BaseUrl.AbsoluteUri,
            Repository = Server.Repository,
            Token = ConnectionSettings.Secret(Server.Token),
        }.Connect(_ => null, Unhurried.Of(transport));
    }

    /// <summary>A server without events, in whose day those of <see cref="Fill"/> lie.</summary>
    public static LogScaleSimulator Start(SimulatorOptions options)
    {
        if (options.Now is null)
        {
            options.EventCount = 0;
            options.Now = DateTimeOffset.FromUnixTimeMilliseconds(Newest + 1000);
        }
        return LogScaleSimulator.Start(options);
    }

    public LogScaleSimulator Server { get; }

    public LogScaleSearchConnection Connection { get; }

    public SignalLog Signals { get; } = new();

    /// <summary>
    /// Adds matching events, one each 10 ms back from <see cref="Newest"/>, the last ones of them crowded into one millisecond.
    /// </summary>
    public TestBench Fill(int count, int crowd = 0)
    {
        var spread = count - crowd;
        var half = spread / 2;
        // The crowd stands in the middle, so that the walk has to come in and out of it.
        Server.Events.Add(Enumerable.Range(0, spread).Select(i => Event(i, Newest - (i * 10L) - (i >= half ? 10 : 0))));
        Server.Events.Add(Enumerable.Range(spread, crowd).Select(i => Event(i, Newest - (half * 10L))));
        return this;
    }

    public static string Event(int number, long timestamp, string name = "ProcessRollup2") => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"@id":"e{{number}}_0_7_{{timestamp / 1000}}","@timestamp":{{timestamp}},"@ingesttimestamp":"{{timestamp + 5}}","#event_simpleName":"{{name}}","n":"{{number}}"}""");

    /// <summary>Runs a search to its end.</summary>
    public async Task<WalkOutcome> WalkAsync(SearchSpec? spec = null, CancellationToken cancellationToken = default)
    {
        spec ??= Spec();
        var outcome = new WalkOutcome();
        await using (var search = new LogScaleSearch(Connection, spec, Signals))
        {
            try
            {
                await foreach (var page in search.PagesAsync(null, cancellationToken))
                {
                    outcome.Pages.Add(page);
                    outcome.Events.AddRange(page.Items.Select(e => e.ToString()));
                }
                outcome.Verdict = await search.JudgeAsync(cancellationToken);
            }
            catch (PagingException e)
            {
                outcome.Error = e;
                outcome.Verdict = search.JudgeBroken(e.Message);
            }
            outcome.Identity = search.Identity;
            outcome.Strategy = search.Plan?.Strategy;
        }
        outcome.JobsLeft = Server.LiveJobCount;
        return outcome;
    }

    /// <summary>A day of <see cref="Query"/>, walked page by page.</summary>
    public static SearchSpec Spec(string query = Query, int pageSize = 200) => new(query)
    {
        Start = QueryTime.Parse("1d"),
        PageSize = pageSize,
        Strategy = SearchStrategy.Around,
    };

    public void Dispose()
    {
        Connection.Dispose();
        if (_owns)
            Server.Dispose();
        SecretWatch.AssertNone();
    }
}
