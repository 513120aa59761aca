using LogScalePaging.Tanium.Graph;

namespace LogScalePaging.Core.Tests.Tanium;

public sealed class GraphTextTests
{
    private const string Good = "query Q($first: Int, $after: Cursor) { endpoints(first: $first, after: $after) { edges { node { id } } "
        + "pageInfo { hasNextPage endCursor } totalRecords } }";

    [Theory]
    [InlineData(Good, "endpoints", "first,after")]
    [InlineData("# a comment with { and $x\nquery($n:Int,$c:Cursor){all: sensors(first:$n after:$c){edges{node{id}}}}", "sensors", "n,c")]
    [InlineData("{ endpoints { edges { node { id } } } }", "endpoints", "")]
    [InlineData("fragment F on Endpoint { id } query($a: F = {b: \"}\"}) { endpoints { edges { node { ...F } } } }", "endpoints", "a")]
    [InlineData("query { x(text: \"\"\"a \\\"\"\" } \"\"\") { edges } } fragment F on Y { id }", "x", "")]
    public void A_query_is_read(string text, string field, string declared)
    {
        var query = GraphText.Parse(text);
        Assert.Equal((field, declared), (query.Field, string.Join(",", query.Declared)));
    }

    [Theory]
    [InlineData("mutation { a { edges } }", "Only queries are read")]
    [InlineData("subscription S { a }", "Only queries are read")]
    [InlineData("query A { a } query B { b }", "must have one query, not 2")]
    [InlineData("fragment F on X { id }", "must have one query, not 0")]
    [InlineData("", "must have one query, not 0")]
    [InlineData("endpoints", "not a query in GraphQL")]
    [InlineData("select * from endpoints", "not a query in GraphQL")]
    [InlineData("query Q($first: Int)", "not a query in GraphQL")]
    [InlineData("{ a ", "not closed")]
    [InlineData("{ a } }", "not open")]
    [InlineData("{ a(b: [1)] }", "not open")]
    [InlineData("{ a(b: \"x) }", "string that is not closed")]
    [InlineData("{ a(b: \"\"\"x) }", "string that is not closed")]
    [InlineData("{ }", "asks for no field")]
    [InlineData("{ a { edges { node { id: name } } } }", "gives the name id to another field")]
    [InlineData("query { a(after: $x) { b } }", "does not declare it")]
    [InlineData("query($x: C, $y: C) { a(after: $x) { b(after: $y) { c } } }", "Only one field can be paged")]
    public void What_cannot_be_read_is_refused(string text, string why) =>
        Assert.Contains(why, Assert.Throws<FormatException>(() => GraphText.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_text_that_cannot_be_read_has_no_other_error()
    {
        string[] pieces = ["query", "fragment", "a", "$x", "id", ":", "after", "{", "}", "(", ")", "\"s\"", "1", "..."];
        for (var number = 0; number < Math.Pow(pieces.Length, 4); number++)
        {
            var text = string.Join(" ", Enumerable.Range(0, 4).Select(i => pieces[number / (int)Math.Pow(pieces.Length, i) % pieces.Length]));
            var error = Xunit.Record.Exception(() => GraphText.Parse(text));
            Assert.True(error is null or FormatException, $"'{text}': {error}");
        }
    }

    [Theory]
    [InlineData(Good, false, null)]
    [InlineData(Good, true, "hasPreviousPage, startCursor, a variable that it passes to before, the argument last")]
    [InlineData("query($c: Cursor) { a(after: $c) { edges { cursor } } }", false, "node, id, pageInfo, hasNextPage, endCursor.")]
    [InlineData("{ a { edges { node { id } } pageInfo { hasNextPage endCursor } } }", false, "a variable that it passes to after")]
    [InlineData("query($c: C) { a(after: $c, filter: {id: 1, edges: 2, node: 3}) { pageInfo { hasNextPage endCursor } } }", false,
        "edges, node, id.")]
    [InlineData("fragment E on Edge { node { id } } query($c: C) { a(after: $c) { edges { ...E } pageInfo { hasNextPage endCursor } } }",
        false, null)]
    public void What_a_query_lacks_is_named(string text, bool backward, string? lacks)
    {
        var error = Xunit.Record.Exception(() =>
            TextSource.EnsurePaged(GraphText.Parse(text), backward, refresh: false, new Dictionary<string, string>()));
        if (lacks is null)
            Assert.Null(error);
        else
            Assert.Contains($"It lacks {lacks}", Assert.IsType<ArgumentException>(error).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("after", "so the paging sets it")]
    [InlineData("other", "declares no variable $other")]
    public void A_value_that_the_query_cannot_take_is_refused(string name, string why) => Assert.Contains(
        why,
        Assert.Throws<ArgumentException>(() =>
            TextSource.EnsurePaged(GraphText.Parse(Good), false, refresh: false, new Dictionary<string, string> { [name] = "1" })).Message,
        StringComparison.Ordinal);

    [Fact]
    public void A_refresh_needs_its_variable() => Assert.Contains(
        "a variable that it passes to refresh, collectionInfo { startCursor }",
        Assert.Throws<ArgumentException>(() =>
            TextSource.EnsurePaged(GraphText.Parse(Good), false, refresh: true, new Dictionary<string, string>())).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("id,name", "id|name")]
    [InlineData("id, os{name,platform} ,x(a:[1,2]){b}", "id|os{name,platform}|x(a:[1,2]){b}")]
    [InlineData("x(a:\"}),(\\\",\"),b", "x(a:\"}),(\\\",\")|b")]
    [InlineData(",", "")]
    public void A_list_is_cut_at_its_outer_commas(string list, string parts) =>
        Assert.Equal(parts, string.Join("|", GraphSelection.Split(list)));

    [Theory]
    [InlineData("name", "name")]
    [InlineData("os { name }", "os")]
    [InlineData("system: os{name}", "system")]
    [InlineData("sensorReadings(sensors: [{name: \"}\"}]) { columns { name values } }", "sensorReadings")]
    public void The_name_of_a_field_is_its_own_or_its_alias(string selection, string name) =>
        Assert.Equal(name, GraphSelection.NameOf(selection));

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a } } b {")]
    [InlineData("os{name")]
    [InlineData("{name}")]
    [InlineData("...F")]
    [InlineData("\"name\"")]
    [InlineData("a:")]
    [InlineData("id: name")]
    public void What_is_not_one_field_is_refused(string selection) =>
        Assert.Throws<ArgumentException>(() => GraphSelection.NameOf(selection));

    [Fact]
    public void A_cursor_is_a_value_of_the_text_whatever_it_holds()
    {
        var page = new GraphPage(50, Backward: true) { Cursor = "a\"+/\\\n}" };
        var body = System.Text.Encoding.UTF8.GetString(new FieldSource("endpoints", ["name"]).Body(page, ["collectionInfo"]));
        using var json = System.Text.Json.JsonDocument.Parse(body);

        Assert.Equal(
            "query { endpoints(last: 50, before: \"a\\\"+/\\\\\\n}\") { edges { node { id name } } pageInfo { hasPreviousPage startCursor } totalRecords } }",
            json.RootElement.GetProperty("query").GetString());
    }

    [Fact]
    public void Variables_carry_page_size_cursor_and_the_values_of_the_user()
    {
        var text = GraphText.Parse(Good.Replace("$after: Cursor", "$after: Cursor, $filter: F"));
        var values = new Dictionary<string, string> { ["filter"] = "{\"a\":12345678901234567890}" };
        var body = new TextSource(text, values).Body(new GraphPage(7, false), []);
        using var json = System.Text.Json.JsonDocument.Parse(body);

        Assert.Equal("{\"filter\":{\"a\":12345678901234567890},\"first\":7,\"after\":null}",
            json.RootElement.GetProperty("variables").GetRawText());
    }
}
