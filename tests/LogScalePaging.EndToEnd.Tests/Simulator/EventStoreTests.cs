using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Simulator;

public sealed class EventStoreTests
{
    [Fact]
    public void Of_one_millisecond_the_last_arrival_is_the_newest()
    {
        var store = new EventStore();
        store.Add("""{"@timestamp":5,"n":"1"}""", """{"@timestamp":5,"n":"2"}""");
        store.AddRange(["""{"@timestamp":5,"n":"3"}""", """{"@timestamp":9,"n":"4"}""", """{"@timestamp":1,"n":"5"}"""]);

        Assert.Equal(["4", "3", "2", "1", "5"], store.Matching("select([n])").Select(r => r.Substring(6, 1)));
        Assert.Equal(5, store.Count);
    }

    [Fact]
    public void White_space_between_tokens_goes_and_text_stays()
    {
        var store = new EventStore();
        store.Add("{ \"@timestamp\" : 5 ,\n\t\"a b\" : \" \\\" x : y \" }");

        Assert.Equal("{\"@timestamp\":5,\"a b\":\" \\\" x : y \"}", Assert.Single(store.Matching()));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"@timestamp\":\"5\"}")]
    [InlineData("{\"@timestamp\":5,\"nested\":{}}")]
    [InlineData("{\"@timestamp\":5")]
    public void Anything_but_an_event_is_refused(string json)
        => Assert.Throws<ArgumentException>(() => new EventStore().Add(json));

    [Fact]
    public void The_start_is_inclusive_and_the_end_exclusive_unless_set_otherwise()
    {
        using var client = SimulatorClient.With(null, [.. Enumerable.Range(1, 4).Select(i => $$"""{"@timestamp":{{i}}}""")]);
        var store = client.Server.Events;

        Assert.Equal(2, store.CountMatching("*", 2, 4));
        client.Options.EndInclusive = true;
        Assert.Equal(3, store.CountMatching("*", 2, 4));
    }

    [Fact]
    public void Cleared_events_are_gone()
    {
        var store = new EventStore();
        store.Add("""{"@timestamp":5}""");
        store.Clear();

        Assert.Equal(0, store.Count);
        Assert.Empty(store.Matching());
    }

    [Fact]
    public void A_query_with_an_error_throws() => Assert.ThrowsAny<FormatException>(() => new EventStore().Matching("("));
}
