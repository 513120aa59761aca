using LogScalePaging.LogScale;

namespace LogScalePaging.Core.Tests.LogScale;

public sealed class DefaultLimitTests
{
    [Theory]
    [InlineData("* | table([ComputerName])", "table")]
    [InlineData("* | sort(ComputerName)", "sort")]
    [InlineData("* | groupBy(aid, function=count()) | Sort(field=_count, order=desc)", "sort")]
    [InlineData("* | sort(format(\"%s\", field=[a]), type=any) | limitless := 1", "sort")]
    [InlineData("tail()", "tail")]
    [InlineData("* |\n  head( )", "head")]
    public void Two_hundred_rows_of_a_function_that_ends_there_are_doubted(string query, string function)
    {
        Assert.StartsWith($"{function}() ends after 200 rows", DefaultLimit.Doubt(query, 200), StringComparison.Ordinal);
        Assert.Null(DefaultLimit.Doubt(query, 199));
        Assert.Null(DefaultLimit.Doubt(query, 201));
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
    public void Others_are_not(string query) => Assert.Null(DefaultLimit.Doubt(query, 200));
}
