using LogScalePaging.LogScale.Cql;

namespace LogScalePaging.Core.Tests.LogScale.Cql;

public sealed class CqlFunctionsTests
{
    public static TheoryData<string> Names => [.. CqlFunctions.All.Select(f => f.Name)];

    [Fact]
    public void The_table_is_complete()
    {
        Assert.True(CqlFunctions.All.Count >= 194, $"{CqlFunctions.All.Count} functions");
        Assert.All(CqlFunctions.All, f => Assert.StartsWith("library.humio.com/", f.Source, StringComparison.Ordinal));
        Assert.All(CqlFunctions.All,
            f => Assert.Contains(f.Multiplies, (string[])["no", "yes", "source", "max", "nrows", "repeat", "multival"]));
        Assert.All(CqlFunctions.All,
            f => Assert.Contains(f.Timestamp,
                (string[])["no", "as", "field", "target", "default", "devtime", "data", "include", "group", "yes"]));
        Assert.All(CqlFunctions.All, f => Assert.Contains(f.Id, (string[])["no", "yes", "unless", "named"]));
    }

    [Theory]
    [InlineData("GROUPBY", "groupBy")]
    [InlineData("parseCSV", "parseCsv")]
    [InlineData("kvparse", "kvParse")]
    [InlineData("TIME:hour", "time:hour")]
    public void Names_are_found_in_any_letter_case(string written, string name) => Assert.Equal(name, CqlFunctions.Find(written)!.Name);

    [Theory]
    [MemberData(nameof(Names))]
    public void The_class_of_a_function_decides_whether_a_range_is_cut(string name)
    {
        var function = CqlFunctions.Find(name)!;
        foreach (var call in new[] { name, name.ToUpperInvariant() })
        {
            foreach (var query in new[] { $"* | {call}(x)", $"* | array:eval(\"a[]\", function={{ y := {call}(x) }}) | z",
                $"case {{ a=1 | {call}(x) ; * }}" })
            {
                var traits = CqlQuery.Analyze(query);
                Assert.Null(traits.Problem);
                Assert.Equal(function.Class is CqlFunctionClass.Event or CqlFunctionClass.External, traits.Cutting.Allowed);
                Assert.Contains(traits.Calls, c => c.Function == function);
                if (!traits.Cutting.Allowed)
                    Assert.StartsWith($"{name}() ", traits.Cutting.Reason, StringComparison.Ordinal);
                Assert.Equal(function.Class == CqlFunctionClass.External, traits.Externals.Contains($"{name}()"));
            }
        }
        // The same word is a field before an operator, and a text in quotes.
        Assert.True(CqlQuery.Analyze($"\"{name}(x)\" | {name}=1 // | {name}()").Cutting.Allowed);
    }
}
