using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LogScalePaging.Bench.Clients;

/// <summary>The baseline for Tanium: a plain loop over the cursors of Relay that checks nothing and keeps everything in memory.</summary>
internal static class RelayLoop
{
    private const string Query = "query($first: Int, $after: Cursor) { endpoints(first: $first, after: $after) { edges { node { id name ipAddress "
        + "os { name platform } } } pageInfo { hasNextPage endCursor } totalRecords } }";

    public static async Task<(long Events, string State)> RunAsync(ClientSettings settings)
    {
        using var http = new HttpClient { BaseAddress = new Uri(settings.Server.BaseUrl) };
        http.DefaultRequestHeaders.Add("session", settings.Server.Token);
        var (nodes, more) = (new List<JsonElement>(), true);
        for (string? after = null; more;)
        {
            var body = new JsonObject { ["query"] = Query, ["variables"] = new JsonObject { ["first"] = settings.PageSize, ["after"] = after } };
            using var response = await http.PostAsJsonAsync(new Uri("/plugin/products/gateway/graphql", UriKind.Relative), body).ConfigureAwait(false);
            response.EnsureSuccessStatusCode();
            var page = (await response.Content.ReadFromJsonAsync<JsonElement>().ConfigureAwait(false)).GetProperty("data").GetProperty("endpoints");
            nodes.AddRange(page.GetProperty("edges").EnumerateArray().Select(edge => edge.GetProperty("node")));
            (more, after) = (page.GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean(), page.GetProperty("pageInfo").GetProperty("endCursor").GetString());
        }
        await File.WriteAllTextAsync(settings.Output, JsonSerializer.Serialize(nodes)).ConfigureAwait(false);
        return (nodes.Count, "Unknown");
    }
}
