using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LogScalePaging.Bench.Clients;

/// <summary>
/// The baseline for Axiom: paging by time as the published guide describes it, newest event first. The next page ends at the time of the
/// last row, until a page is empty. It checks nothing and keeps everything in memory.
/// </summary>
internal static class AxiomLoop
{
    private static readonly Uri s_path = new("/v1/datasets/_apl?format=tabular", UriKind.Relative);

    public static async Task<(long Events, string State)> RunAsync(ClientSettings settings)
    {
        using var http = new HttpClient { BaseAddress = new Uri(settings.Server.BaseUrl) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", settings.Server.Token);
        var now = TimeProvider.System.GetUtcNow();
        var body = new JsonObject
        {
            ["apl"] = FormattableString.Invariant($"['{settings.Server.Repository}'] | sort by _time desc | limit {settings.PageSize}"),
            ["startTime"] = now.AddDays(-2).ToString("O"),
            ["endTime"] = now.ToString("O"),
        };
        var rows = new List<JsonObject>();
        for (var more = true; more;)
        {
            using var response = await http.PostAsJsonAsync(s_path, body).ConfigureAwait(false);
            response.EnsureSuccessStatusCode();
            var page = Rows(await response.Content.ReadFromJsonAsync<JsonElement>().ConfigureAwait(false));
            rows.AddRange(page);
            more = page.Count > 0;
            if (more)
                body["endTime"] = page[^1]["_time"]!.GetValue<string>();
        }
        await File.WriteAllTextAsync(settings.Output, JsonSerializer.Serialize(rows)).ConfigureAwait(false);
        return (rows.Count, "Unknown");
    }

    private static List<JsonObject> Rows(JsonElement answer)
    {
        var table = answer.GetProperty("tables")[0];
        var names = table.GetProperty("fields").EnumerateArray().Select(f => f.GetProperty("name").GetString()!).ToList();
        var columns = table.GetProperty("columns").EnumerateArray().Select(c => c.EnumerateArray().ToList()).ToList();
        return [.. Enumerable.Range(0, columns.Count == 0 ? 0 : columns[0].Count).Select(row =>
            new JsonObject(names.Select((name, i) => KeyValuePair.Create(name, JsonSerializer.SerializeToNode(columns[i][row])))))];
    }
}
