using System.Text;
using LogScalePaging.LogScale.Cql;
using LogScalePaging.LogScale.Events;
using LogScalePaging.LogScale.Jobs;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.LogScale.Strategies;

namespace LogScalePaging.Core.Tests.LogScale;

public sealed class StrategyChoiceTests
{
    private const string Event = """{"@id":"a","@timestamp":1}""";

    [Theory]
    // Queries that are not cut: one job, a stream if the server has it, then the walk.
    [InlineData("* | join({a=1}, field=b)", SearchStrategy.Auto, true, true, "OneJob Stream Around")]
    [InlineData("* | join({a=1}, field=b)", SearchStrategy.Auto, true, false, "OneJob Around")]
    [InlineData("* | join({a=1}, field=b)", SearchStrategy.Auto, false, true, "OneJob Around")]
    [InlineData("* | join({a=1}, field=b)", SearchStrategy.Around, true, true, "Around")]
    [InlineData("* | join({a=1}, field=b)", SearchStrategy.Window, true, true, "Window Around")]
    [InlineData("* | join({a=1}, field=b)", SearchStrategy.Stream, true, true, "Stream OneJob Around")]
    [InlineData("* | join({a=1}, field=b)", SearchStrategy.Stream, false, true, "OneJob Around")]
    [InlineData("test(@timestamp > now())", SearchStrategy.Auto, true, true, "OneJob Stream Around")]
    [InlineData("test(@timestamp > start())", SearchStrategy.Auto, false, true, "OneJob Around")]
    [InlineData("$saved()", SearchStrategy.Auto, false, true, "OneJob Around")]
    [InlineData("a='x'", SearchStrategy.Auto, false, true, "OneJob Around")]
    // Some queries are not cut even if the user requests it.
    [InlineData("createEvents(\"a\")", SearchStrategy.Window, true, true, "OneJob Around")]
    [InlineData("readFile(\"a.csv\")", SearchStrategy.Window, false, true, "OneJob Around")]
    [InlineData("setTimeInterval(start=1d) | a=1", SearchStrategy.Window, true, true, "OneJob Around")]
    // What is cut.
    [InlineData("a=\"| head(\"", SearchStrategy.Auto, true, true, "Window Around")]
    [InlineData("asn(ip)", SearchStrategy.Auto, true, true, "Window Around")]
    [InlineData("a=1", SearchStrategy.Stream, true, true, "Stream Window Around")]
    [InlineData("a=1", SearchStrategy.Stream, false, true, "Window Around")]
    [InlineData("a=1", SearchStrategy.Window, false, true, "Window Around")]
    // A query that changes the time is never walked by the time.
    [InlineData("@timestamp := x", SearchStrategy.Auto, true, true, "OneJob Stream Window")]
    [InlineData("@timestamp := x", SearchStrategy.Around, true, false, "OneJob Window")]
    [InlineData("@timestamp := x", SearchStrategy.Window, true, true, "Window OneJob")]
    [InlineData("@timestamp := x", SearchStrategy.Stream, true, true, "Stream Window")]
    [InlineData("@timestamp := now()", SearchStrategy.Around, false, true, "OneJob")]
    public void The_query_decides_what_is_tried(string query, SearchStrategy asked, bool toFile, bool isDirect, string expected) =>
        Assert.Equal(expected,
            Names(StrategyChoice.Of(new SearchSpec(query) { Strategy = asked }, CqlQuery.Analyze(query), First(Event), null, toFile,
                isDirect)));

    [Theory]
    [InlineData("""{"@id":"a","@timestamp":1}""", 1_000L, "Around")]
    [InlineData("""{"@id":"a","@timestamp":1}""", 1_001L, "Window Around")]
    [InlineData("""{"@timestamp":1}""", 1_000L, "OneJob Window Around")]
    [InlineData("""{"@timestamp":1}""", 1_001L, "Window Around")]
    [InlineData("""{"@id":"a"}""", 1_000L, "OneJob Stream Around")]
    [InlineData("""{"@id":"a"}""", null, "OneJob Stream Around")]
    public void The_first_answer_decides_too(string row, long? expected, string names) =>
        Assert.Equal(names,
            Names(StrategyChoice.Of(new SearchSpec("a=1"), CqlQuery.Analyze("a=1"), First(row), expected, toFile: true, isDirect: true)));

    [Fact]
    public void A_complete_first_answer_needs_no_other_strategy()
    {
        var traits = CqlQuery.Analyze("* | join({a=1}, field=b)");
        Assert.Equal("Single",
            Names(StrategyChoice.Of(new SearchSpec("x"), traits, First(Event) with { Metadata = new() { HasMoreEvents = false } }, null,
                true, true)));
        Assert.Equal("Single",
            Names(StrategyChoice.Of(new SearchSpec("x"), traits, First(Event) with { Metadata = new() { IsAggregate = true } }, null, true,
                true)));
        var own = First(Event) with { Metadata = new() { HasMoreEvents = true, TimeSettingsOverwritten = true } };
        Assert.Equal("OneJob Stream Around", Names(StrategyChoice.Of(new SearchSpec("x"), CqlQuery.Analyze("x"), own, null, true, true)));
    }

    [Fact]
    public void The_reason_names_functions_with_data_from_outside()
    {
        var choices = StrategyChoice.Of(new SearchSpec("asn(ip)"), CqlQuery.Analyze("asn(ip)"), First(Event), null, toFile: true,
            isDirect: true);
        Assert.Contains("asn() reads data from outside the events", choices[0].Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("* | join({a=1}, field=b)", "Window", "although join() compares events with each other")]
    [InlineData("* | join({a=1}, field=b)", "Around", null)]
    [InlineData("* | join({a=1}, field=b)", "OneJob", null)]
    [InlineData("sample()", "Around", "sample() picks events at random")]
    [InlineData("test(a > now())", "Around", "now() reads the clock")]
    [InlineData("test(a > now())", "Window", "although now() reads the clock")]
    [InlineData("test(a > now())", "Stream", null)]
    [InlineData("test(a > now())", "OneJob", null)]
    [InlineData("test(a > now())", "Single", null)]
    [InlineData("test(a > start())", "Around", null)]
    [InlineData("asn(ip)", "Window", null)]
    public void Several_evaluations_are_doubted_where_one_is_exact(string query, string strategy, string? doubt)
    {
        var doubts = StrategyChoice.Doubts(strategy, CqlQuery.Analyze(query));
        if (doubt is null)
            Assert.Empty(doubts);
        else
            Assert.Contains(doubt, Assert.Single(doubts), StringComparison.Ordinal);
    }

    private static string Names(IReadOnlyList<(SearchStrategy Strategy, string Reason)> choices) =>
        string.Join(" ", choices.Select(c => c.Strategy));

    private static QueryResult First(string row) => new()
    {
        Done = true,
        Events = [LogScaleEvents.Parse(Encoding.UTF8.GetBytes(row))],
        Metadata = new QueryMetadata { HasMoreEvents = true },
    };
}
