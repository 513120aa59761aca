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

    private static string Rows(JsonElement answer) => answer.GetProperty("matches").GetRawText();

    private static async Task<JsonElement> AskAsync(AxiomBench bench, string parameter, string? cursor)
    {
        using var http = new HttpClient { BaseAddress = bench.Server.BaseUrl };
        // The scheme is in lower case on purpose: its case does not matter.
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("bearer", bench.Options.Token);
        using var response = await http.PostAsJsonAsync("/v1/datasets/_apl?format=legacy" + parameter, new
        {
            apl = "['demo'] | sort by _time desc | limit 10",
            startTime = bench.Server.Start.AddSeconds(-1).ToString("O"),
            endTime = bench.Server.End.AddSeconds(1).ToString("O"),
            cursor,
        });
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }
}
