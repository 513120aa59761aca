using System.Text;
using System.Text.Json;
using LogScalePaging.Falcon.Rest.Answers;
using LogScalePaging.Transport.Errors;

namespace LogScalePaging.Core.Tests.Falcon.Rest;

public sealed class FalconAnswerTests
{
    [Theory]
    [InlineData("""{"meta":{"pagination":{"offset":5,"total":9}},"resources":[]}""", "offset=5")]
    [InlineData("""{"meta":{"pagination":{"offset":"abc","expires_at":1}},"resources":[]}""", "scroll=abc")]
    [InlineData("""{"meta":{"pagination":{"offset":"","next":"n"}},"resources":[]}""", "next=n")]
    [InlineData("""{"meta":{"pagination":{"offset":5,"after":"a"}},"resources":[]}""", "after=a,offset=5")]
    [InlineData("""{"meta":{"pagination":{"after":""}},"resources":[]}""", "")]
    [InlineData("""{"meta":{"pagination":{"after":null}},"resources":[]}""", "")]
    [InlineData("""{"meta":{"pagination":{"next_token":"t"}},"resources":[]}""", "next_token=t")]
    [InlineData("""{"meta":{"pagination":{},"next_token":"t"},"resources":[]}""", "next_token=t")]
    [InlineData("""{"meta":{"Paging":{"next_token":"t"}},"resources":[]}""", "next_token=t")]
    [InlineData("""{"next_token":"t","resources":[]}""", "next_token=t")]
    [InlineData("""{"meta":{"pagination":{"next_page":"/threatgraph/combined/edges/v1?limit=1&offset=a%2Bb"}},"resources":[]}""",
        "scroll=a+b")]
    public void Tokens_are_found_where_the_families_have_them(string json, string expected)
    {
        var tokens = FalconAnswer.Parse(Encoding.UTF8.GetBytes(json), ["resources"]).Tokens();
        Assert.Equal(expected, string.Join(",", tokens.OrderBy(t => t.Key, StringComparer.Ordinal).Select(t => $"{t.Key}={t.Value}")));
    }

    [Theory]
    [InlineData("""{"resources":["a","b"]}""", "\"a\",\"b\"")]
    [InlineData("""{"resources": [ {"id": 9007199254740993} ] ,"meta":{}}""", """{"id": 9007199254740993}""")]
    [InlineData("""{"resources":{"events":[{"id":"x"}],"next":1}}""", """{"id":"x"}""")]
    [InlineData("""{"resources":null}""", "")]
    [InlineData("""{"resources":[]}""", "")]
    public void Records_are_found_with_their_bytes(string json, string expected)
    {
        var values = FalconAnswer.Parse(Encoding.UTF8.GetBytes(json), ["resources.events", "resources"]).Values();
        Assert.Equal(expected, string.Join(",", values.Select(v => Encoding.UTF8.GetString(v.ToArray()))));
    }

    [Theory]
    [InlineData("{\"resources\":[\"a\"")]
    [InlineData("[]")]
    [InlineData("{\"resources\":[],}")]
    [InlineData("")]
    [InlineData("{\"resources\" []}")]
    public void Anything_but_a_whole_object_is_refused(string json) =>
        Assert.ThrowsAny<JsonException>(() => FalconAnswer.Parse(Encoding.UTF8.GetBytes(json), ["resources"]).Values());

    [Fact]
    public void Errors_beside_records_are_errors_unless_they_are_expected()
    {
        var answer = FalconAnswer.Parse("""{"errors":[{"code":404,"message":"not found"}],"resources":["a"]}"""u8.ToArray(), ["resources"]);

        Assert.Equal(404, Assert.Throws<AnswerErrorsException>(() => answer.ThrowIfErrors()).Code);
        answer.ThrowIfErrors(but: 404);
    }

    [Theory]
    [InlineData("9", 9L)]
    [InlineData("\"9\"", 9L)]
    [InlineData("-1", null)]
    [InlineData("null", null)]
    [InlineData("1.5", null)]
    public void A_total_is_a_whole_number(string text, long? total) =>
        Assert.Equal(total,
            FalconAnswer.Parse(Encoding.UTF8.GetBytes($"{{\"meta\":{{\"pagination\":{{\"total\":{text}}}}},\"resources\":[]}}"),
                ["resources"]).Total);
}
