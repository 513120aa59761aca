namespace LogScalePaging.EndToEnd.Tests.Simulator;

public sealed class ExportFormatTests
{
    private static readonly string[] Events =
    [
        SimulatorClient.Event("1", 1, """
            "a":"x,\"y\"\nz","@rawstring":"raw one"
            """),
        SimulatorClient.Event("2", 2, "\"b c\":\"2\",\"@rawstring\":\"raw two\""),
    ];

    [Theory]
    [InlineData("?mimeType=text/plain", "text/plain", "raw one\nraw two\n")]
    [InlineData("?mimeType=text%2Fcsv&fieldsToExport=%40id,b%20c,a", "text/csv", "@id,b c,a\r\n1,,\"x,\"\"y\"\"\nz\"\r\n2,2,\r\n")]
    [InlineData("?mimeType=application/x-ndjson&fieldsToExport=@id,a&paginationLimit=1", "application/x-ndjson",
        "{\"@id\":\"1\",\"a\":\"x,\\\"y\\\"\\nz\"}\n{\"@id\":\"2\"}\n")]
    [InlineData("?mimeType=application/json&fieldsToExport=@id", "application/json", "[{\"@id\":\"1\"},{\"@id\":\"2\"}]")]
    public async Task Only_events_are_returned(string parameters, string mediaType, string expected)
    {
        using var client = SimulatorClient.With(null, Events);

        var response = await client.GetJobAsync(await client.CreateAsync("*"), parameters);

        Assert.Equal(mediaType, response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(expected, await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Whole_events_keep_their_bytes()
    {
        using var client = new SimulatorClient();
        var id = await client.CreateAsync("*");

        var lines = await (await client.GetJobAsync(id, "?mimeType=application/x-ndjson")).Content.ReadAsStringAsync();

        Assert.Equal(string.Concat(client.Server.Events.Matching().Take(200).Select(e => e + "\n")), lines);
    }

    [Theory]
    [InlineData("?mimeType=text/csv")]
    [InlineData("?mimeType=image/png")]
    public async Task Other_formats_are_refused(string parameters)
    {
        using var client = SimulatorClient.With(null, Events);

        Assert.Equal(400, (int)(await client.GetJobAsync(await client.CreateAsync("*"), parameters)).StatusCode);
    }
}
