using LogScalePaging.Export.Fields;

namespace LogScalePaging.Core.Tests.Export;

public sealed class FieldFilterTests
{
    private static readonly string[] s_seen = ["#repo", "@timestamp", "@id", "ComputerName", "computername", "items[0].id", "items[1].id",
        "a*b"];

    [Theory]
    [InlineData("@*", "@timestamp,@id")]
    [InlineData("ComputerName,@*", "ComputerName,@timestamp,@id")]
    [InlineData("comp*", "ComputerName,computername")]
    [InlineData("*,absent", "#repo,@timestamp,@id,ComputerName,computername,items[0].id,items[1].id,a*b,absent")]
    [InlineData("items[0].*", "items[0].id")]
    [InlineData("items[?].id", "items[0].id,items[1].id")]
    [InlineData("a`*b", "a*b")]
    [InlineData("@id,*,@timestamp", "@id,#repo,@timestamp,ComputerName,computername,items[0].id,items[1].id,a*b")]
    [InlineData("none*", "")]
    [InlineData("??ep?", "#repo")]
    [InlineData("*a*e", "ComputerName,computername")]
    public void Columns_are_those_of_the_entries_in_their_order(string include, string expected) =>
        Assert.Equal(expected, string.Join(",", FieldFilter.Of(include.Split(','), null)!.Resolve(s_seen)));

    [Theory]
    [InlineData(null, "@*,items*,a*", "#repo,ComputerName,computername")]
    [InlineData("@*,ComputerName", "@ID,ComputerName", "@timestamp,@id")]
    [InlineData("@*", "@i*", "@timestamp")]
    [InlineData("@id,#repo", "@id", "#repo")]
    [InlineData("*", "*", "")]
    public void What_an_exclusion_matches_is_left_out(string? include, string exclude, string expected) =>
        Assert.Equal(expected, string.Join(",", FieldFilter.Of(include?.Split(','), exclude.Split(','))!.Resolve(s_seen)));

    [Fact]
    public void Without_names_there_is_no_filter()
    {
        Assert.Null(FieldFilter.Of(null, null));
        Assert.Null(FieldFilter.Of(null, []));
    }

    [Fact]
    public void Names_without_wildcards_are_known_before_the_records()
    {
        var filter = FieldFilter.Of(["b", "a", "b", "c"], ["C", "a"])!;
        Assert.False(filter.IsOpen);
        Assert.Equal(["b", "c"], filter.Names);
        Assert.True(FieldFilter.Of(null, ["a"])!.IsOpen);
    }

    [Fact]
    public void Entries_without_a_value_are_named_as_they_were_written() =>
        Assert.Equal(["x*", "y"], FieldFilter.Of(["x*", "@*", "y", "@id"], null)!.WithoutValue(["@id"]));

    [Fact]
    public void The_exact_name_comes_before_one_that_differs_in_case()
    {
        var filter = FieldFilter.Of(["FOO", "foo"], null, StringComparison.OrdinalIgnoreCase)!;
        Assert.Equal([0, 1, 0], new[] { "FOO", "foo", "Foo" }.Select(filter.EntryOf));
    }

    [Fact]
    public void A_pattern_with_many_stars_is_not_slow()
    {
        var pattern = new NamePattern(string.Concat(Enumerable.Repeat("*a", 40)) + "*b");
        Assert.False(pattern.Matches(new string('a', 5_000), StringComparison.Ordinal));
        Assert.True(pattern.Matches(new string('a', 50) + "b", StringComparison.Ordinal));
    }
}
