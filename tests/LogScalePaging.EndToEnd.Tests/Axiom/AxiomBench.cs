using LogScalePaging.Axiom;
using LogScalePaging.Diagnostics;
using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.LogScale;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Axiom;

/// <summary>A simulated Axiom, a connection to it that does not wait, and the results of a walk over it.</summary>
internal sealed class AxiomBench : IDisposable
{
    /// <param name="options">The server; null for 250 events.</param>
    /// <param name="retries">How often a request is repeated.</param>
    /// <param name="speed">How many times as fast as the system's the clock runs.</param>
    /// <param name="isNow">True for events that end now.</param>
    public AxiomBench(AxiomSimulatorOptions? options = null, int retries = 6, int speed = 200, bool isNow = false)
    {
        options ??= new AxiomSimulatorOptions { EventCount = 250, Ties = 40 };
        options.Now = isNow ? null : new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
        options.EventSpan = TimeSpan.FromHours(1);
        options.TimeProvider = new FastTimeProvider(speed);
        Server = AxiomSimulator.Create(options);
        Connection = new AxiomSettings
        {
            BaseUrl = Server.BaseUrl.AbsoluteUri,
            Token = ConnectionSettings.Secret(options.Token),
            OrganisationId = options.OrganisationId
        }
            .Connect(_ => null, o => o with { Time = options.TimeProvider, MaxRetryCount = retries, Timeout = TimeSpan.FromHours(1) });
    }

    public AxiomSimulator Server { get; }

    public AxiomSimulatorOptions Options => Server.Options;

    public AxiomSearchConnection Connection { get; }

    public SignalLog Signals { get; } = new();

    /// <summary>The request for all events, 100 a page.</summary>
    public AxiomRequest Request => new("['demo']")
    {
        Start = new(Server.Start.AddSeconds(-1).ToUnixTimeMilliseconds(), null),
        End = new(Server.End.AddSeconds(1).ToUnixTimeMilliseconds(), null),
        PageSize = 100,
    };

    /// <summary>How many queries of events were sent; counts are left out.</summary>
    public int Pages => Server.Requests.Count(r => !r.Body.Contains("| count", StringComparison.Ordinal));

    /// <summary>The events of the server, each with its time and a number that repeats where an event repeats another one.</summary>
    public IEnumerable<(string Time, string Number)> Expected(bool oldestFirst = false)
    {
        var events = Server.Values("_time").Zip(Server.Values("big"));
        return oldestFirst ? events : events.Reverse();
    }

    public async Task<(List<Record> Events, Completeness Verdict)> WalkAsync(AxiomRequest request)
    {
        await using var search = Connection.Open(request, Signals);
        var events = new List<Record>();
        await foreach (var page in search.PagesAsync(null, default))
            events.AddRange(page.Items);
        return (events, await search.JudgeAsync(default));
    }

    /// <summary>Each event of the server is there once, in the requested order.</summary>
    public void AssertAll(IReadOnlyList<Record> events, bool oldestFirst = false)
    {
        Assert.Equal(Expected(oldestFirst).Select(e => e.Time), events.Select(e => Value(e, "_time")));
        Assert.Equal(Expected().Order(), events.Select(e => (Value(e, "_time"), Value(e, "big"))).Order());
    }

    public static string Value(Record record, string field)
    {
        using var json = System.Text.Json.JsonDocument.Parse(record.Utf8);
        return json.RootElement.GetProperty(field).GetRawText();
    }

    public void Dispose()
    {
        Connection.Dispose();
        Server.Dispose();
    }
}
