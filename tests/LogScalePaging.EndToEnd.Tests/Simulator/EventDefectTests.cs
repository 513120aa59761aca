using System.Text;
using System.Text.Json.Nodes;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Simulator;

/// <summary>Events that are defective where they are stored, and a server's clock that its header tells wrong.</summary>
public sealed class EventDefectTests
{
    private const int Count = 200;

    [Theory]
    [InlineData(MissingIdForm.Removed, null)]
    [InlineData(MissingIdForm.Null, "null")]
    [InlineData(MissingIdForm.Empty, "\"\"")]
    [InlineData(MissingIdForm.Number, "7")]
    public async Task Some_or_all_events_lack_their_id(MissingIdForm form, string? instead)
    {
        foreach (var share in new[] { 0.3, 1 })
        {
            using var client = Filled(new EventDefects { WithoutId = share, IdForm = form });
            var events = (await client.RunAsync("*"))["events"]!.AsArray();
            var ids = events.Select(e => e!.AsObject().TryGetPropertyValue("@id", out var id) ? id?.ToJsonString() ?? "null" : null)
                .ToList();
            var without = ids.Count(id => id == instead);
            Assert.Equal(Count, ids.Count);
            Assert.InRange(without, share == 1 ? Count : Count / 5, share == 1 ? Count : Count / 2);
            Assert.Equal(Count - without, ids.Where(id => id != instead).Distinct().Count());
        }
    }

    [Fact]
    public async Task Select_without_the_id_returns_rows_without_id()
    {
        using var client = Filled(new EventDefects());
        var poll = await client.RunAsync("* | select([@timestamp, n])");
        Assert.All(poll["events"]!.AsArray(), e => Assert.False(e!.AsObject().ContainsKey("@id")));
    }

    [Fact]
    public async Task Events_share_an_id_and_differ()
    {
        using var client = Filled(new EventDefects { RepeatedId = 0.2 });
        var poll = await client.RunAsync("*");
        Assert.InRange(SimulatorClient.Values(poll, "@id").Distinct().Count(), Count / 2, Count - 20);
        Assert.Equal(Count, SimulatorClient.Values(poll, "n").Distinct().Count());
    }

    [Fact]
    public void Events_are_stored_twice_byte_for_byte()
    {
        using var client = Filled(new EventDefects { Doubled = 0.2 });
        var events = client.Server.Events.Matching();
        Assert.InRange(events.Count, Count + 20, Count + 60);
        Assert.Equal(Count, events.Distinct().Count());
    }

    [Fact]
    public async Task Events_are_ingested_in_2100()
    {
        using var client = Filled(new EventDefects { IngestedIn2100 = 0.2 });
        Assert.InRange(SimulatorClient.Values(await client.RunAsync("*"), "@ingesttimestamp").Count(t => t == "4102444800000"), 20, 60);
    }

    [Fact]
    public async Task Values_are_invalid_utf8()
    {
        using var client = Filled(new EventDefects { InvalidUtf8 = 0.2 });
        var strict = new UTF8Encoding(false, throwOnInvalidBytes: true);
        var truth = client.Server.Events.MatchingBytes();
        var invalid = truth.Count(e => Throws(strict, e));
        var sent = await (await client.GetJobAsync(await client.CreateAsync("*"))).Content.ReadAsByteArrayAsync();

        Assert.InRange(invalid, 20, 60);
        Assert.All(truth, e => Assert.True(sent.AsSpan().IndexOf(e) > 0));
        Assert.All(client.Server.Events.Matching(), e => Assert.NotNull(JsonNode.Parse(e)));
    }

    [Fact]
    public void Generated_and_late_events_are_defective_too_and_the_same_with_the_same_seed()
    {
        var first = Generated();
        Assert.Equal(first, Generated());
        Assert.InRange(first.Count(e => !e.Contains("\"@id\"", StringComparison.Ordinal)), 100, 300);

        static IReadOnlyList<string> Generated() => EventStore.Generate(new SimulatorOptions
        {
            EventCount = 400,
            Now = SimulatorClient.Noon,
            Defects = new EventDefects { WithoutId = 0.5, IngestedIn2100 = 0.1, InvalidUtf8 = 0.1 },
        }).Matching();
    }

    [Theory]
    [InlineData(-2)]
    [InlineData(90)]
    public async Task The_date_header_is_slow_or_fast(int seconds)
    {
        using var client = new SimulatorClient(o =>
        {
            o.TimeProvider = new Support.ManualTimeProvider();
            o.DateHeaderAhead = TimeSpan.FromSeconds(seconds);
        });
        Assert.Equal(SimulatorClient.Noon.AddSeconds(seconds), (await client.GetJobAsync("x")).Headers.Date);
        Assert.Equal(SimulatorClient.Noon, client.Server.Now);
    }

    private static SimulatorClient Filled(EventDefects defects)
    {
        var ingested = $"\"@ingesttimestamp\":\"{SimulatorClient.NowMs}\"";
        var events = Enumerable.Range(0, Count).Select(i => SimulatorClient.Event("e" + i, 1_000 + i, $"{ingested},\"n\":\"{i}\""));
        return SimulatorClient.With(o => o.Defects = defects, [.. events]);
    }

    private static bool Throws(UTF8Encoding strict, byte[] bytes)
    {
        try
        {
            return strict.GetCharCount(bytes) < 0;
        }
        catch (DecoderFallbackException)
        {
            return true;
        }
    }
}
