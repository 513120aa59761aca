using LogScalePaging.LogScale.Cql;

namespace LogScalePaging.Core.Tests.LogScale.Cql;

public sealed class DefaultLimitTests
{
    [Theory]
    [InlineData("* | table([ComputerName])", "table")]
    [InlineData("* | sort(ComputerName)", "sort")]
    [InlineData("* | groupBy(aid, function=count()) | Sort(field=_count, order=desc)", "sort")]
    [InlineData("* | sort(format(\"%s\", field=[a]), type=any) | limitless := 1", "sort")]
    [InlineData("* | sort(lower(upper(limit(a)))) // limit=5", "sort")]
    [InlineData("* | sort(\"limit=5\")", "sort")]
    [InlineData("tail()", "tail")]
    [InlineData("* |\n  head( )", "head")]
    [InlineData("fieldstats()", "fieldstats")]
    public void Two_hundred_rows_of_a_function_with_this_default_limit_are_doubted(string query, string function)
    {
        var traits = CqlQuery.Analyze(query);
        Assert.StartsWith($"{function}() returns 200 rows", traits.DefaultLimit(200), StringComparison.Ordinal);
        Assert.Null(traits.DefaultLimit(199));
        Assert.Null(traits.DefaultLimit(201));
    }

    [Theory]
    [InlineData("* | table([a], limit=200)")]
    [InlineData("* | sort(a, limit = 1000)")]
    [InlineData("* | sort(a, LIMIT=?n)")]
    [InlineData("* | tail(200)")]
    [InlineData("* | head(?n)")]
    [InlineData("* | head(limit=200)")]
    [InlineData("* | groupBy(aid)")]
    [InlineData("/sort(x)/ | count()")]
    [InlineData("\"| sort(x)\" | count()")]
    [InlineData("* | count() // | sort(x)")]
    [InlineData("* | groupBy(a, function={head()})")]
    public void Other_numbers_of_rows_are_not_doubted(string query) => Assert.Null(CqlQuery.Analyze(query).DefaultLimit(200));

    [Fact]
    public void The_maximum_number_of_groups_of_groupBy_is_doubted()
    {
        Assert.StartsWith("groupBy() returns 20000 rows", CqlQuery.Analyze("groupby(a)").DefaultLimit(20_000), StringComparison.Ordinal);
        Assert.Null(CqlQuery.Analyze("groupby(a, limit=max)").DefaultLimit(20_000));
    }
}
