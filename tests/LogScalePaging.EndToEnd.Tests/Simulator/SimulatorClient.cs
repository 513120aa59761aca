using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Simulator;

/// <summary>A simulator and a plain client for it: what a test of the wire needs, and nothing of the project's own client.</summary>
internal sealed class SimulatorClient : IDisposable
{
    public static readonly DateTimeOffset Noon = new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero);

    public SimulatorClient(Action<SimulatorOptions>? configure = null)
    {
        var options = new SimulatorOptions { EventCount = 2_000, Now = Noon };
        configure?.Invoke(options);
        Server = LogScaleSimulator.Start(options);
        Http = new HttpClient { BaseAddress = Server.BaseUrl, Timeout = TimeSpan.FromSeconds(30) };
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Server.Token);
    }

    public LogScaleSimulator Server { get; }

    public SimulatorOptions Options => Server.Options;

    public HttpClient Http { get; }

    public static long NowMs => Noon.ToUnixTimeMilliseconds();

    private string Jobs => $"/api/v1/repositories/{Server.Repository}/queryjobs";

    /// <summary>A simulator that has no events but the given ones.</summary>
    public static SimulatorClient With(Action<SimulatorOptions>? configure, params string[] events)
    {
        var client = new SimulatorClient(o =>
        {
            o.EventCount = 0;
            configure?.Invoke(o);
        });
        client.Server.Events.Add(events);
        return client;
    }

    /// <summary>An event so many milliseconds before noon.</summary>
    public static string Event(string id, long agoMs, string more = "")
        => $$"""{"@timestamp":{{NowMs - agoMs}},"@id":"{{id}}"{{(more.Length == 0 ? "" : "," + more)}}}""";

    public void Dispose()
    {
        Http.Dispose();
        Server.Dispose();
    }

    public Task<HttpResponseMessage> PostJobAsync(string body) => Http.PostAsync(Jobs, Body(body));

    public Task<HttpResponseMessage> GetJobAsync(string id, string parameters = "") => Http.GetAsync($"{Jobs}/{id}{parameters}");

    public Task<HttpResponseMessage> DeleteJobAsync(string id) => Http.DeleteAsync($"{Jobs}/{id}");

    public Task<HttpResponseMessage> PostQueryAsync(string body, string accept = "application/x-ndjson")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/repositories/{Server.Repository}/query") { Content = Body(body) };
        request.Headers.Accept.ParseAdd(accept);
        return Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    /// <summary>Creates a job, by default over all times.</summary>
    public async Task<string> CreateAsync(string query, object? start = null, object? end = null, string more = "")
    {
        var body =
            $$"""{"queryString":{{JsonSerializer.Serialize(query)}},"start":{{JsonSerializer.Serialize(start ?? 0)}},"end":{{JsonSerializer.Serialize(end ?? "now")}}{{more}}}""";
        var response = await PostJobAsync(body);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!["id"]!.GetValue<string>();
    }

    public Task<string> CreateAroundAsync(string query, string id, long timestamp, int before, int after = 0, object? start = null)
        => CreateAsync(query, start, null,
            $$""","around":{"eventId":"{{id}}","timestamp":{{timestamp}},"numberOfEventsBefore":{{before}},"numberOfEventsAfter":{{after}}}""");

    public async Task<JsonNode> PollAsync(string id, string parameters = "")
    {
        var response = await GetJobAsync(id, parameters);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!;
    }

    /// <summary>Creates a job and polls it once.</summary>
    public async Task<JsonNode> RunAsync(string query, object? start = null, object? end = null)
        => await PollAsync(await CreateAsync(query, start, end));

    public static string[] Values(JsonNode poll, string field)
        => [.. poll["events"]!.AsArray().Select(e => e![field]?.ToString() ?? "-")];

    public static string Ids(JsonNode poll) => string.Join(" ", Values(poll, "@id"));

    public static string? HasMore(JsonNode poll) => poll["metaData"]!["extraData"]!["hasMoreEvents"]?.GetValue<string>();

    private static StringContent Body(string json) => new(json, Encoding.UTF8, "application/json");
}
