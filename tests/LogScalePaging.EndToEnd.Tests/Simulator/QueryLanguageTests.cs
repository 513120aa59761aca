using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Simulator;

/// <summary>Filters over five events, by the letter of each event that matches.</summary>
public sealed class QueryLanguageTests
{
    private static readonly string[] Events =
    [
        """{"@timestamp":5,"n":"a","#event_simpleName":"ProcessRollup2","UserName":"root","FileName":"chrome.exe","port":"443"}""",
        """{"@timestamp":4,"n":"b","#event_simpleName":"ProcessRollup2","UserName":"O\"Hara","FileName":"cmd.exe","port":"22"}""",
        """{"@timestamp":3,"n":"c","#event_simpleName":"DnsRequest","UserName":"root","DomainName":"www.Example.com","port":"n/a"}""",
        """{"@timestamp":2,"n":"d","#type":"kv","@rawstring":"GET /index.html?q=\u0041BC 200","star":"2*3","a.b":"1.5"}""",
        """{"@timestamp":1,"n":"e","text":"{\"UserName\":\"root\"}","key \"q\"":"zażółć","empty":""}""",
    ];

    [Theory]
    [InlineData("", "abcde")]
    [InlineData("*", "abcde")]
    [InlineData("#event_simpleName=ProcessRollup2", "ab")]
    [InlineData("#event_simpleName=\"ProcessRollup2\"", "ab")]
    [InlineData("#event_simpleName=Process*", "ab")]
    [InlineData("#event_simpleName=processrollup2", "")]
    [InlineData("#event_simpleName!=ProcessRollup2", "cde")]
    [InlineData("#event_simpleName=*", "abc")]
    [InlineData("UserName=root", "ac")]
    [InlineData("UserName = root", "ac")]
    [InlineData("UserName=\"O\\\"Hara\"", "b")]
    [InlineData("UserName=root FileName=*chrome*", "a")]
    [InlineData("UserName=root and FileName=chrome.*", "a")]
    [InlineData("FileName=chrome.exe OR DomainName=*", "ac")]
    [InlineData("not UserName=*", "de")]
    [InlineData("UserName=root and not FileName=*", "c")]
    [InlineData("!(FileName=* or DomainName=*)", "de")]
    [InlineData("(UserName=root or port=22) #event_simpleName=ProcessRollup2", "ab")]
    [InlineData("FileName=a or FileName=cmd.exe UserName=*", "b")]
    [InlineData("port > 22", "a")]
    [InlineData("port >= 22", "ab")]
    [InlineData("port<443", "b")]
    [InlineData("a.b <= 1.5", "d")]
    [InlineData("FileName=/^CHROME/i", "a")]
    [InlineData("FileName=/^CHROME/", "")]
    [InlineData("FileName =~ /\\.exe$/", "ab")]
    [InlineData("/index\\.html/", "d")]
    [InlineData("EXAMPLE", "c")]
    [InlineData("\"get /index\"", "d")]
    [InlineData("abc", "d")]
    [InlineData("exa*com", "c")]
    [InlineData("kv", "")]
    [InlineData("\"ŻÓŁ\"", "e")]
    [InlineData("star=\"2\\*3\"", "d")]
    [InlineData("star=2*", "d")]
    [InlineData("empty=\"\"", "e")]
    [InlineData("\"key \\\"q\\\"\"=za*", "e")]
    [InlineData("in(FileName, values=[cmd.exe, \"chrome.exe\"])", "ab")]
    [InlineData("not in(field=\"FileName\", values=[\"*.exe\"])", "cde")]
    [InlineData("UserName=root // the rest\n| FileName=*", "a")]
    [InlineData("UserName=/* any */root\n\n port=443", "a")]
    [InlineData("// nothing but a comment", "abcde")]
    [InlineData("select([n, UserName]) | UserName=root", "ac")]
    [InlineData("@timestamp > 3", "ab")]
    public void Filters_match(string query, string expected)
    {
        var store = new EventStore();
        store.Add(Events);

        var matched = string.Concat(
            store.Matching(query + (query.StartsWith("//", StringComparison.Ordinal) ? "\n" : "") + " | select([n])").Select(
                r => r.Substring(6, 1)));

        Assert.Equal(expected, matched);
    }

    [Theory]
    [InlineData("foo | | bar")]
    [InlineData("(a")]
    [InlineData("a)")]
    [InlineData("\"open")]
    [InlineData("/* open")]
    [InlineData("nowork()")]
    [InlineData("a and count()")]
    [InlineData("port > many")]
    [InlineData("FileName=/(/")]
    [InlineData("in(FileName)")]
    [InlineData("groupBy()")]
    [InlineData("sort(a, order=up)")]
    [InlineData("bucket(span=soon)")]
    [InlineData("tail(0)")]
    [InlineData("tail(x)")]
    [InlineData("?missing")]
    [InlineData("a := 5")]
    [InlineData("count() foo")]
    public async Task Errors_show_a_snippet_of_the_query(string query)
    {
        using var client = new SimulatorClient(o => o.EventCount = 0);

        var response = await client.PostJobAsync($$"""{"queryString":{{System.Text.Json.JsonSerializer.Serialize(query)}}}""");

        Assert.Equal(400, (int)response.StatusCode);
        Assert.Equal("text/plain", response.Content.Headers.ContentType!.MediaType);
        Assert.EndsWith("\n```", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_parameter_takes_its_value_from_the_arguments()
    {
        using var client = SimulatorClient.With(null, Events);

        var given = await client.CreateAsync("UserName=?user", more: ""","arguments":{"user":"r*"}""");
        var other = await client.CreateAsync("UserName=?user", more: ""","arguments":{"user":"O*"}""");
        var fallback = await client.CreateAsync("UserName=?{user=root} port=443");

        Assert.Equal(["a", "c"], SimulatorClient.Values(await client.PollAsync(given), "n"));
        Assert.Equal(["b"], SimulatorClient.Values(await client.PollAsync(other), "n"));
        Assert.Equal(["a"], SimulatorClient.Values(await client.PollAsync(fallback), "n"));
    }
}
