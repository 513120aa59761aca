using LogScalePaging.LogScale.Cql;

namespace LogScalePaging.Core.Tests.LogScale.Cql;

public sealed class QueryTraitsTests
{
    [Theory]
    [InlineData("* | @timestamp := @timestamp - 7200000", true)]
    [InlineData("* | \"@timestamp\" := x", true)]
    [InlineData("parseTimestamp(field=@ingesttimestamp)", true)]
    [InlineData("parseTimestamp(\"yyyy\", field=t, as=other)", false)]
    [InlineData("parseTimestamp(\"yyyy\", field=t, as=@timestamp)", true)]
    [InlineData("t := parseTimestamp(\"yyyy\", field=t)", false)]
    [InlineData("findTimestamp()", true)]
    [InlineData("formatTime(\"%Y\", field=@timestamp, as=y)", false)]
    [InlineData("formatTime(\"%Y\", field=x, as=@timestamp)", true)]
    [InlineData("rename([[a, b], [x, @timestamp]])", true)]
    [InlineData("rename(field=x, as=\"@timestamp\")", true)]
    [InlineData("eval(@timestamp = x * 1000)", true)]
    [InlineData("eval(y = @timestamp * 1000)", true)]
    [InlineData("default(field=@timestamp, value=0)", true)]
    [InlineData("default(field=[a, @timestamp], value=0)", true)]
    [InlineData("replace(\"a\", with=\"b\", field=@timestamp)", true)]
    [InlineData("x := replace(\"a\", with=\"b\", field=@timestamp)", false)]
    [InlineData("regex(\"(?<@timestamp>\\\\d+)\")", true)]
    [InlineData("/(?<@timestamp>\\d+)/", true)]
    [InlineData("parseLEEF()", true)]
    [InlineData("parseLEEF(parsetime=false)", false)]
    [InlineData("match(file=\"a.csv\", field=a, include=[b, @timestamp])", true)]
    [InlineData("match(file=\"a.csv\", field=a, include=[b])", false)]
    [InlineData("time:hour(@timestamp)", false)]
    [InlineData("test(@timestamp > 5)", false)]
    [InlineData("@timestamp > 5", false)]
    [InlineData("x=\"@timestamp := 1\" // @timestamp := 1", false)]
    [InlineData("join({a=1 | @timestamp := 5}, field=a)", false)]
    [InlineData("case { a=1 | @timestamp := 5 ; * }", true)]
    [InlineData("select([@id, @timestamp])", false)]
    public void Queries_that_write_the_time_are_recognised(string query, bool expected) =>
        Assert.Equal(expected, CqlQuery.Analyze(query).WritesTimestamp);

    [Theory]
    [InlineData("parseJson()", true)]
    [InlineData("parseJson(prefix=\"p.\")", false)]
    [InlineData("kvparse()", true)]
    [InlineData("setField(target=format(\"%s\", field=a), value=b)", true)]
    [InlineData("setField(target=\"c\", value=b)", false)]
    [InlineData("match(file=\"a.csv\", field=a, include=*)", true)]
    [InlineData("$mine()", true)]
    [InlineData("a=b | lower(c)", false)]
    public void Queries_that_may_write_the_time_are_recognised(string query, bool expected) =>
        Assert.Equal(expected, CqlQuery.Analyze(query).MayWriteTimestamp);

    [Theory]
    [InlineData("select([a])", true)]
    [InlineData("select(a)", true)]
    [InlineData("select([a, @id])", false)]
    [InlineData("SELECT(fields=[\"@id\", a])", false)]
    [InlineData("table([a], limit=10)", true)]
    [InlineData("drop([@id])", true)]
    [InlineData("drop([a])", false)]
    [InlineData("rename(@id, as=b)", true)]
    [InlineData("rename([[a, b]])", false)]
    [InlineData("groupBy(a)", true)]
    [InlineData("@id := a", true)]
    [InlineData("x := concat([a, @id])", false)]
    [InlineData("concat([a, b], as=@id)", true)]
    [InlineData("case { a=1 | select([a]) ; * }", true)]
    [InlineData("join({a=1 | select([b])}, field=b)", false)]
    [InlineData("a=\"select([b])\"", false)]
    public void Queries_that_may_drop_the_id_are_recognised(string query, bool expected) =>
        Assert.Equal(expected, CqlQuery.Analyze(query).MayDropId);

    [Theory]
    [InlineData("split(a)", true)]
    [InlineData("splitString(a, by=\",\")", false)]
    [InlineData("join({a=1}, field=a)", false)]
    [InlineData("join({a=1}, field=a, max=1)", false)]
    [InlineData("join({a=1}, field=a, max=10)", true)]
    [InlineData("join({a=1 | split(x)}, field=a)", false)]
    [InlineData("match(file=\"a.csv\", field=a, nrows=2)", true)]
    [InlineData("match(file=\"a.csv\", field=a)", false)]
    [InlineData("regex(\"(?<a>x)\", repeat=true)", true)]
    [InlineData("regex(\"(?<a>x)\", flags=g)", true)]
    [InlineData("regex(\"(?<a>x)\")", false)]
    [InlineData("a=/(?<b>g)/g", true)]
    [InlineData("a=/(?<b>g)/i", false)]
    public void Queries_with_several_rows_per_event_are_recognised(string query, bool expected) =>
        Assert.Equal(expected, CqlQuery.Analyze(query).MultipliesRows);

    [Theory]
    [InlineData("test(@timestamp > now() - 3600000)", "now() reads the clock")]
    [InlineData("d := NOW()-@timestamp", "now() reads the clock")]
    [InlineData("coalesce([a, now()])", "now() reads the clock")]
    [InlineData("sample(percentage=5)", "sample() picks events at random")]
    [InlineData("a=\"now()\" | now=1 // now()", null)]
    [InlineData("known()", null)]
    [InlineData("test(@timestamp > start())", null)]
    public void Queries_that_need_a_single_evaluation_are_recognised(string query, string? reason)
    {
        var traits = CqlQuery.Analyze(query);
        Assert.Equal(reason, traits.OneEvaluation);
        Assert.Equal(reason?.Contains("clock", StringComparison.Ordinal) == true, traits.ReadsClock);
        Assert.Equal(query.Contains("start()", StringComparison.Ordinal), traits.UsesRangeEnds);
    }

    [Theory]
    [InlineData("createEvents([\"a\"])")]
    [InlineData("readfile(\"a.csv\") | a=1")]
    [InlineData("setTimeInterval(start=1d) | a=1")]
    // It is not clear whether this is a call, so it is treated as one.
    [InlineData("a='b' | setTimeInterval (start=1d)")]
    public void Queries_that_are_never_cut_are_recognised(string query)
    {
        Assert.NotNull(CqlQuery.Analyze(query).NeverCut);
        Assert.False(CqlQuery.Analyze(query).Cutting.Allowed);
        Assert.Null(CqlQuery.Analyze("\"createEvents(\" | readFile=1 // setTimeInterval(").NeverCut);
    }

    [Fact]
    public void Calls_are_known_at_every_level()
    {
        var traits = CqlQuery.Analyze(
            "a=1 | x := lower(b) | groupBy([c], function=[count(), {head(1) | upper(d)}]) | join(query={e=1 | tail(3)}, field=f, "
                + "include=[g])");
        Assert.Equal(
            "lower Main x, groupBy Main , count Nested , head Nested , upper Nested , join Main , tail Independent ",
            string.Join(", ", traits.Calls.Select(c => $"{c.Function!.Name} {c.Scope} {c.Target}")));
        var groupBy = traits.Calls[1];
        Assert.Equal([null, "function"], groupBy.Arguments.Select(a => a.Name));
        Assert.Equal("c", groupBy.Arguments[0].Value);
        Assert.Null(groupBy.Argument("function")!.Value);
        Assert.Equal("f", traits.Calls[5].Argument("FIELD")!.Value);
    }

    [Theory]
    [InlineData("count()", true)]
    [InlineData("[count(), sum(a)]", true)]
    [InlineData("* | sort(a)", true)]
    [InlineData("a=1 | lower(b)", false)]
    [InlineData("join({count()}, field=a)", false)]
    [InlineData("array:reduceRow(\"a[]\", var=x, function={sum(x)})", false)]
    public void Queries_that_seem_to_make_their_own_rows_are_recognised(string query, bool expected) =>
        Assert.Equal(expected, CqlQuery.Analyze(query).IsAggregate);

    [Theory]
    [InlineData("groupBy(aid, function=callFunction(?fn, field=x))")]
    [InlineData("groupBy(aid, function=?fn)")]
    public void A_function_that_a_parameter_names_is_not_known(string query) =>
        Assert.Contains("takes the name of a function from a parameter", CqlQuery.Analyze(query).Cutting.Reason, StringComparison.Ordinal);

    [Theory]
    [InlineData("asn(ip) | ipLocation(ip)", "asn() ipLocation()",
        "asn(), ipLocation() read data from outside the events, which may change during the search")]
    [InlineData("ioc:lookup(field=ip, type=ip_address)", "ioc:lookup()",
        "ioc:lookup() reads data from outside the events, which may change during the search")]
    public void Data_from_outside_are_noted(string query, string externals, string reason)
    {
        var traits = CqlQuery.Analyze(query);
        Assert.True(traits.Cutting.Allowed);
        Assert.Equal(externals, string.Join(" ", traits.Externals));
        Assert.EndsWith(reason, traits.Cutting.Reason, StringComparison.Ordinal);
    }
}
