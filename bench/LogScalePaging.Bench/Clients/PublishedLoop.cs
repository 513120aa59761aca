using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LogScalePaging.Bench.Clients;

/// <summary>
/// The baseline: a plain loop that does what the published script does, request for request. One job after the other (create, poll
/// at the pace that the server asks for, delete, pause for half a second), the relative range sent with each, everything in memory.
/// </summary>
internal sealed class PublishedLoop(HttpClient http, string jobs, ClientSettings settings)
{
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(0.5);

    public static async Task<(long Events, string State)> RunAsync(ClientSettings settings)
    {
        using var http = new HttpClient { BaseAddress = new Uri(settings.Server.BaseUrl) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", settings.Server.Token);
        var loop = new PublishedLoop(http, $"/api/v1/repositories/{settings.Server.Repository}/queryjobs", settings);
        var events = await loop.WalkAsync().ConfigureAwait(false);
        await File.WriteAllTextAsync(settings.Output, JsonSerializer.Serialize(events)).ConfigureAwait(false);
        return (events.Count, "Unknown");
    }

    private async Task<List<JsonElement>> WalkAsync()
    {
        var (events, more) = await PageAsync(null).ConfigureAwait(false);
        var known = events.Select(Id).ToHashSet(StringComparer.Ordinal);
        while (more && events.Count < (settings.MaxEvents ?? int.MaxValue))
        {
            var (page, _) = await PageAsync(events[^1]).ConfigureAwait(false);
            var fresh = page.FindAll(e => known.Add(Id(e)));
            if (fresh.Count == 0)
                break;
            events.AddRange(fresh);
        }
        return events;
    }

    private async Task<(List<JsonElement> Events, bool More)> PageAsync(JsonElement? oldest)
    {
        var id = await CreateAsync(oldest).ConfigureAwait(false);
        var answer = await PollAsync(id).ConfigureAwait(false);
        using (await http.DeleteAsync(new Uri($"{jobs}/{id}", UriKind.Relative)).ConfigureAwait(false))
            await Task.Delay(s_pause, TimeProvider.System).ConfigureAwait(false);
        var extra = answer.GetProperty("metaData").GetProperty("extraData");
        return ([.. answer.GetProperty("events").EnumerateArray()],
            extra.TryGetProperty("hasMoreEvents", out var more) && more.GetString() == "true");
    }

    private async Task<string> CreateAsync(JsonElement? oldest)
    {
        var body = new JsonObject { ["queryString"] = settings.Query, ["start"] = "1d", ["end"] = "now", ["isLive"] = false };
        if (oldest is { } anchor)
        {
            body["around"] = new JsonObject
            {
                ["eventId"] = Id(anchor),
                ["timestamp"] = anchor.GetProperty("@timestamp").GetInt64(),
                ["numberOfEventsBefore"] = settings.PageSize,
                ["numberOfEventsAfter"] = 0,
            };
        }
        using var response = await http.PostAsJsonAsync(new Uri(jobs, UriKind.Relative), body).ConfigureAwait(false);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<JsonElement>().ConfigureAwait(false)).GetProperty("id").GetString()!;
    }

    private async Task<JsonElement> PollAsync(string id)
    {
        while (true)
        {
            var answer = await http.GetFromJsonAsync<JsonElement>(new Uri($"{jobs}/{id}", UriKind.Relative)).ConfigureAwait(false);
            if (answer.GetProperty("done").GetBoolean())
                return answer;
            var wait = answer.GetProperty("metaData").GetProperty("pollAfter").GetInt32();
            await Task.Delay(TimeSpan.FromMilliseconds(wait), TimeProvider.System).ConfigureAwait(false);
        }
    }

    private static string Id(JsonElement e) => e.GetProperty("@id").GetString()!;
}
