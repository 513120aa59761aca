using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace LogScalePaging.EndToEnd.Tests.Axiom;

/// <summary>What other clients for Axiom send, as the simulator must read it.</summary>
public sealed class AxiomPeerTests
{
    [Fact]
    public async Task A_cursor_is_read_from_the_body_and_from_the_url()
    {
        using var bench = new AxiomBench();
        var first = await AskAsync(bench, "", null);
        var cursor = first.GetProperty("status").GetProperty("minCursor").GetString()!;

        var byBody = await AskAsync(bench, "", cursor);
        var byUrl = await AskAsync(bench, "&cursor=" + Uri.EscapeDataString(cursor), null);

        Assert.NotEqual(Rows(first), Rows(byUrl));
        Assert.Equal(Rows(byBody), Rows(byUrl));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_older_path_gives_the_events_of_a_dataset_without_apl(bool descending)
    {
        using var bench = new AxiomBench();
        var apl = await AskAsync(bench, "", null, descending ? "desc" : "asc");
        var older = await AskOlderAsync(bench, "demo",
            new { resolution = "auto", limit = 10, order = new[] { new { field = "_time", desc = descending } } });

        Assert.Equal(HttpStatusCode.OK, older.Status);
        Assert.Equal(10, older.Body.GetProperty("matches").GetArrayLength());
        Assert.Equal(Rows(apl), Rows(older.Body));
        var cursor = older.Body.GetProperty("status").GetProperty(descending ? "minCursor" : "maxCursor").GetString();
        var next = await AskOlderAsync(bench, "demo",
            new { resolution = "auto", limit = 10, cursor, order = new[] { new { field = "_time", desc = descending } } });
        Assert.Equal(Rows(await AskAsync(bench, "", cursor, descending ? "desc" : "asc")), Rows(next.Body));
    }

    [Fact]
    public async Task The_older_path_refuses_what_it_does_not_have()
    {
        using var bench = new AxiomBench();
        Assert.Equal(HttpStatusCode.BadRequest, (await AskOlderAsync(bench, "demo", new { limit = 10 })).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await AskOlderAsync(bench, "demo", new { resolution = "auto", limit = 50_001 })).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await AskOlderAsync(bench, "demo", new { resolution = "auto", apl = "demo" })).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await AskOlderAsync(bench, "other", new { resolution = "auto" })).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await AskOlderAsync(bench, "a/b", new { resolution = "auto" })).Status);
    }

    private static string Rows(JsonElement answer) => answer.GetProperty("matches").GetRawText();

    private static async Task<(HttpStatusCode Status, JsonElement Body)> AskOlderAsync(AxiomBench bench, string dataset, object body)
    {
        using var http = Client(bench);
        var all = JsonSerializer.SerializeToNode(body)!.AsObject();
        (all["startTime"], all["endTime"]) = (bench.Server.Start.AddSeconds(-1).ToString("O"),
            bench.Server.End.AddSeconds(1).ToString("O"));
        using var response = await http.PostAsJsonAsync($"/v1/datasets/{dataset}/query", all);
        return (response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>());
    }

    private static HttpClient Client(AxiomBench bench)
    {
        var http = new HttpClient { BaseAddress = bench.Server.BaseUrl };
        // The scheme is in lower case on purpose: its case does not matter.
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("bearer", bench.Options.Token);
        return http;
    }

    private static async Task<JsonElement> AskAsync(AxiomBench bench, string parameter, string? cursor, string order = "desc")
    {
        using var http = Client(bench);
        using var response = await http.PostAsJsonAsync("/v1/datasets/_apl?format=legacy" + parameter, new
        {
            apl = $"['demo'] | sort by _time {order} | limit 10",
            startTime = bench.Server.Start.AddSeconds(-1).ToString("O"),
            endTime = bench.Server.End.AddSeconds(1).ToString("O"),
            cursor,
        });
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }
}
