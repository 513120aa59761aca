using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LogScalePaging.Bench.Clients;

/// <summary>The baseline for Tanium: a plain loop over the cursors of Relay that checks nothing and keeps everything in memory.</summary>
internal static class RelayLoop
{
    private const string Query = "query($first: Int, $after: Cursor) { endpoints(first: $first, after: $after) "
        + "{ edges { node { id name ipAddress os { name platform } } } pageInfo { hasNextPage endCursor } totalRecords } }";

    private static readonly Uri s_path = new("/plugin/products/gateway/graphql", UriKind.Relative);

    public static async Task<(long Events, string State)> RunAsync(ClientSettings settings)
    {
        using var http = new HttpClient { BaseAddress = new Uri(settings.Server.BaseUrl) };
        http.DefaultRequestHeaders.Add("session", settings.Server.Token);
        var (nodes, more) = (new List<JsonElement>(), true);
        for (string? after = null; more;)
        {
            var variables = new JsonObject { ["first"] = settings.PageSize, ["after"] = after };
            var body = new JsonObject { ["query"] = Query, ["variables"] = variables };
            using var response = await http.PostAsJsonAsync(s_path, body).ConfigureAwait(false);
            response.EnsureSuccessStatusCode();
            var answer = await response.Content.ReadFromJsonAsync<JsonElement>().ConfigureAwait(false);
            var page = answer.GetProperty("data").GetProperty("endpoints");
            nodes.AddRange(page.GetProperty("edges").EnumerateArray().Select(edge => edge.GetProperty("node")));
            var info = page.GetProperty("pageInfo");
            (more, after) = (info.GetProperty("hasNextPage").GetBoolean(), info.GetProperty("endCursor").GetString());
        }
        await File.WriteAllTextAsync(settings.Output, JsonSerializer.Serialize(nodes)).ConfigureAwait(false);
        return (nodes.Count, "Unknown");
    }
}
