using LogScalePaging.Axiom.Apl;

namespace LogScalePaging.Core.Tests.Axiom;

public sealed class AplTests
{
    [Theory]
    [InlineData("['logs']")]
    [InlineData("logs")]
    [InlineData("['logs'] | where status >= 500 and message contains \"| summarize count()\"")]
    [InlineData("['logs'] | where message == 'it\\'s | take 5'")]
    [InlineData("['logs'] | where path == @'C:\\' | where a == 1")]
    [InlineData("['logs'] | where path == @'it''s | top' | where a == 1")]
    [InlineData("['logs'] | where text == ```a | limit 3 \" ' ``` | extend b = 2")]
    [InlineData("['logs'] // | summarize count()\n| where a == 1 // | take 1")]
    [InlineData("['logs'] | extend hour = hourofday(_time), count = 1, limit = 3")]
    [InlineData("['logs'] | extend later = _time == datetime(2026-01-01)")]
    [InlineData("['logs'] | project _time, status")]
    [InlineData("['logs'] | project-keep _*, status")]
    [InlineData("['logs'] | project-away status")]
    [InlineData("['logs'] | parse message with * 'a' b")]
    [InlineData("['logs'] | mv-expand tags")]
    [InlineData("let least = 500; ['logs'] | where status > least;")]
    [InlineData("union ['a'], ['b'] | where x == 1")]
    [InlineData("['logs'] | where a-b > 3 and project-x == 1")]
    public void A_query_of_independent_events_can_be_read_in_pages(string query) => Assert.Null(AplQuery.Parse(query).WhyWhole);

    [Theory]
    [InlineData("['logs'] | summarize count() by bin(_time, 1h)", "summarize")]
    [InlineData("['logs'] | where a == 1 | limit 10", "limit")]
    [InlineData("['logs']|take 10", "take")]
    [InlineData("['logs'] | top 5 by status", "top")]
    [InlineData("['logs'] | distinct status", "distinct")]
    [InlineData("['logs'] | count", "count")]
    [InlineData("['logs'] | sort by status", "sort")]
    [InlineData("['logs'] | order by _time asc", "order")]
    [InlineData("['logs'] | sample 5", "sample")]
    [InlineData("['logs'] | join kind=inner (['b']) on id", "join")]
    [InlineData("['logs'] | where id in ((['b'] | distinct id))", "subquery")]
    [InlineData("union (['a'] | take 3), ['b']", "subquery")]
    [InlineData("let top5 = ['a'] | take 5; top5", "let")]
    [InlineData("['logs'] | extend n = row_number()", "row_number()")]
    [InlineData("['logs'] | extend p = prev(status, 1)", "prev()")]
    [InlineData("['logs'] | some-new-stage", "some")]
    [InlineData("range x from 1 to 5 step 1", "range")]
    [InlineData("['logs'] | project status", "removes _time")]
    [InlineData("['logs'] | project later = _time", "removes _time")]
    [InlineData("['logs'] | extend _time = now()", "changes _time")]
    [InlineData("['logs'] | extend ['_time'] = now()", "changes _time")]
    [InlineData("['logs'] | project _time = now(), a", "changes _time")]
    [InlineData("['logs'] | project-away _time", "changes _time")]
    [InlineData("['logs'] | project-away _*", "changes _time")]
    [InlineData("['logs'] | project-rename t = _time", "changes _time")]
    [InlineData("['logs'] | parse message with * 'at ' _time", "changes _time")]
    public void Any_other_query_comes_whole_and_the_reason_is_named(string query, string reason) =>
        Assert.Contains(reason, AplQuery.Parse(query).WhyWhole, StringComparison.Ordinal);

    [Theory]
    [InlineData("['my logs'] | where a == 1", "my logs")]
    [InlineData("[\"my \\\"logs\\\"\"]", "my \"logs\"")]
    [InlineData("['it\\'s'] | count", "it's")]
    [InlineData("logs | count", "logs")]
    [InlineData("union a, b", null)]
    [InlineData("let x = 1; ['logs'] | where a == x", "logs")]
    public void The_dataset_is_known(string query, string? dataset) => Assert.Equal(dataset, AplQuery.Parse(query).Dataset);

    [Theory]
    [InlineData("my 'logs'", null, "['my \\'logs\\'']")]
    [InlineData("logs", "where a == 1", "['logs'] | where a == 1")]
    [InlineData("logs", " | where a == 1", "['logs'] | where a == 1")]
    public void A_dataset_becomes_a_query_of_it(string dataset, string? stages, string query)
    {
        Assert.Equal(query, AplQuery.Of(dataset, stages));
        Assert.Equal(dataset, AplQuery.Parse(query).Dataset);
    }

    [Theory]
    [InlineData("['logs'] // the last day", "['logs']\n| count")]
    [InlineData("let a = 1; ['logs'] | where x == a ; ", "let a = 1; ['logs'] | where x == a\n| count")]
    public void More_stages_come_after_the_query_and_not_in_its_comment(string query, string whole) =>
        Assert.Equal(whole, AplQuery.Parse(query).With("count"));

    [Theory]
    [InlineData("", "empty")]
    [InlineData(" // nothing\n", "empty")]
    [InlineData(";", "empty")]
    [InlineData("['logs'] | where a == 'open", "string that is not closed")]
    [InlineData("['logs'] | where a == \"open\\\"", "string that is not closed")]
    [InlineData("['logs'] | where (a == 1", "bracket that is not closed")]
    [InlineData("['logs'] | where a == 1)", "closes a bracket")]
    [InlineData("['logs'] | | where a == 1", "nothing before or after")]
    [InlineData("['logs'] |", "nothing before or after")]
    public void A_query_that_cannot_be_read_is_refused(string query, string why) =>
        Assert.Contains(why, Assert.Throws<FormatException>(() => AplQuery.Parse(query)).Message, StringComparison.Ordinal);
}
