using LogScalePaging.LogScale.Windows;

namespace LogScalePaging.Core.Tests.LogScale;

public sealed class FieldSelectionTests
{
    [Theory]
    [InlineData("aid", "aid")]
    [InlineData("#event_simpleName", "#event_simpleName")]
    [InlineData("@timestamp.nanos", "@timestamp.nanos")]
    [InlineData("host-name", "\"host-name\"")]
    [InlineData("a b", "\"a b\"")]
    [InlineData("größe", "\"größe\"")]
    [InlineData("", "\"\"")]
    public void A_name_is_quoted_where_a_query_needs_it(string name, string written) =>
        Assert.Equal($"select([{written}])", FieldSelection.Stage([name]));
}
