using System.Text;
using System.Text.Json;
using LogScalePaging.Json;

namespace LogScalePaging.Core.Tests.Json;

public sealed class JsonDepthTests
{
    [Theory]
    [InlineData("""{"a":[1,{"b":"]}\"{["}],"c":null}""")]
    [InlineData("\"text\"")]
    [InlineData("")]
    [InlineData("""{"cut":""")]
    [InlineData("]]}")]
    public void Other_text_stays_as_it_is(string json) => Assert.Equal(json, Limit(json));

    [Theory]
    [InlineData("[", "]", "")]
    [InlineData("""{"a":""", "}", "1")]
    public void A_value_is_kept_down_to_the_last_level_and_null_below_it(string open, string close, string inner)
    {
        var kept = Nested(open, close, inner, JsonDepth.Most);
        Assert.Equal(kept, Limit(kept));
        Assert.Equal(Nested(open, close, "null", JsonDepth.Most), Limit(Nested(open, close, inner, JsonDepth.Most + 1)));
        Assert.Equal(Nested(open, close, "null", JsonDepth.Most), Limit(Nested(open, close, inner, 100_000)));
    }

    [Fact]
    public void Values_beside_a_deep_one_are_kept()
    {
        var deep = Nested("[", "]", "\"]\"", 1_000);
        var limited = Nested("[", "]", "null", JsonDepth.Most - 1);
        Assert.Equal($$"""{"a":{{limited}},"b":[{{limited.Substring(1, limited.Length - 2)}}],"c":1}""",
            Limit($$"""{"a":{{deep}},"b":[{{deep.Substring(1, deep.Length - 2)}}],"c":1}"""));
    }

    [Theory]
    [InlineData("\"text")]
    [InlineData("\"line\nbreak\"")]
    public void A_string_that_is_not_JSON_is_an_error(string json) => Assert.ThrowsAny<JsonException>(() => Limit(json));

    [Theory]
    [InlineData("")]
    [InlineData("}")]
    [InlineData("[}")]
    public void A_deep_value_that_is_cut_or_not_JSON_is_an_error(string end) =>
        Assert.ThrowsAny<JsonException>(() => Limit(new string('[', JsonDepth.Most + 2) + end));

    // JsonDocument needs a minute for the depth that fits into 1 MiB.
    [Fact]
    public void A_document_of_any_depth_has_few_levels()
    {
        using var document = AnswerJson.Parse($$"""{"deep":{{Nested("[", "]", "", 400_000)}},"after":"text"}""");
        Assert.Equal("text", AnswerJson.Text(document.RootElement, "after"));
        var levels = 1;
        for (var at = document.RootElement.GetProperty("deep"); at.ValueKind == JsonValueKind.Array; at = at[0])
            levels++;
        Assert.Equal(JsonDepth.Most, levels);
    }

    private static string Nested(string open, string close, string inner, int levels) =>
        string.Concat(Enumerable.Repeat(open, levels)) + inner + string.Concat(Enumerable.Repeat(close, levels));

    private static string Limit(string json) => Encoding.UTF8.GetString(JsonDepth.Limit(Encoding.UTF8.GetBytes(json)).ToArray());
}
