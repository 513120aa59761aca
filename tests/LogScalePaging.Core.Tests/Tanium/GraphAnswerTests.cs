using System.Text;
using System.Text.Json;
using LogScalePaging.Paging;
using LogScalePaging.Tanium.Answers;

namespace LogScalePaging.Core.Tests.Tanium;

public sealed class GraphAnswerTests
{
    [Fact]
    public void A_connection_is_found_where_it_stands()
    {
        var answer = Parse(
            "\uFEFF{ \"data\" : {\"viewer\":{\"list\":{\"totalRecords\":3,\"edges\":[ {\"cursor\":\"x\",\"node\":{\"id\":\"1\",\"n\":12345678901234567890}} ,"
            + "{\"node\":null},{\"node\":{\"id\":\"2\"}}],\"pageInfo\":{\"hasNextPage\":true,\"endCursor\":\"a+/=\",\"startCursor\":null},"
            + "\"collectionInfo\":{\"expectedTotal\":9,\"respondedTotal\":4,\"startCursor\":\"s\",\"success\":true}}}}}");

        Assert.Equal(["{\"id\":\"1\",\"n\":12345678901234567890}", "{\"id\":\"2\"}"],
            answer.Nodes!.Select(n => Encoding.UTF8.GetString(n.ToArray())));
        Assert.Equal((1, 3L, (true, (bool?)null), ((string?)null, "a+/=")), (answer.Empty, answer.Total, answer.More, answer.Cursors));
        Assert.Equal("only 4 of 9 endpoints of the estate have answered", answer.Collection!.Doubt);
        Assert.Null(answer.Errors);
    }

    [Theory]
    [InlineData("{\"data\":{\"a\":null}}")]
    [InlineData("{\"data\":{\"a\":{\"edges\":null,\"pageInfo\":{}}}}")]
    [InlineData("{\"data\":{\"a\":{\"edges\":[]}}}")]
    [InlineData("{\"data\":null,\"errors\":[{\"message\":\"no\"}]}")]
    public void An_answer_without_a_connection_has_no_records(string json) => Assert.Null(Parse(json).Nodes);

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{\"data\":{")]
    [InlineData("{\"message\":\"no\"}")]
    public void What_is_no_answer_of_GraphQL_is_not_valid(string json) => Assert.ThrowsAny<JsonException>(() => Parse(json));

    [Fact]
    public void Two_connections_in_one_answer_are_refused()
    {
        const string Connection = "{\"edges\":[],\"pageInfo\":{}}";
        Assert.Equal(PagingErrorKind.FieldsMissing,
            Assert.Throws<PagingException>(() => Parse($"{{\"data\":{{\"a\":{Connection},\"b\":{Connection}}}}}")).Kind);
    }

    [Theory]
    [InlineData("[{\"message\":\"boom\",\"path\":[\"endpoints\"]}]", 0, true)]
    [InlineData("[{\"message\":\"Cannot query field \\\"x\\\" on type \\\"Y\\\".\",\"path\":[\"endpoints\"]}]", 0, false)]
    [InlineData("[{\"message\":\"the cursor has gone\",\"path\":[\"endpoints\"]}]", 0, false)]
    [InlineData("[{\"message\":\"syntax\"}]", 0, false)]
    [InlineData("[{\"message\":\"no\",\"extensions\":{\"code\":\"UNAUTHENTICATED\"}}]", 401, false)]
    [InlineData("[{\"message\":\"no\",\"extensions\":{\"code\":\"FORBIDDEN\"}}]", 403, false)]
    [InlineData("[{\"message\":\"no\",\"extensions\":{\"http\":{\"status\":503}}}]", 503, false)]
    [InlineData("[{\"message\":\"no\",\"extensions\":{\"code\":\"1234\"}}]", 0, false)]
    [InlineData("\"just text\"", 0, false)]
    public void Errors_say_whether_they_may_pass(string errors, int code, bool mayPass)
    {
        var exception = Parse($"{{\"errors\":{errors},\"data\":null}}").Errors!.ToException();
        Assert.Equal((code, mayPass), (exception.Code, exception.MayPass));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    public void An_empty_list_of_errors_is_none(string errors) => Assert.Null(Parse($"{{\"errors\":{errors},\"data\":{{}}}}").Errors);

    private static GraphAnswer Parse(string json) => GraphAnswer.Parse(Encoding.UTF8.GetBytes(json));
}
