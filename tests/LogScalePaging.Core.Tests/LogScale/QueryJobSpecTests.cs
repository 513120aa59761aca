using System.Text;
using LogScalePaging.LogScale.Queries;

namespace LogScalePaging.Core.Tests.LogScale;

public sealed class QueryJobSpecTests
{
    [Fact]
    public void Values_that_are_not_set_are_not_sent() =>
        Assert.Equal("""{"queryString":"*","isLive":false}""", Json(new QueryJobSpec("*")));

    [Fact]
    public void Absolute_times_are_numbers_and_relative_ones_text() =>
        Assert.Equal("""{"queryString":"*","start":5,"end":"now","isLive":false}""",
            Json(new QueryJobSpec("*") { Start = QueryTime.At(5), End = QueryTime.Now }));

    [Fact]
    public void Ingest_times_are_sent_with_their_flag() =>
        Assert.Equal("""{"queryString":"*","isLive":false,"useIngestTime":true,"ingestStart":5,"ingestEnd":9}""",
            Json(new QueryJobSpec("*") { Arrived = new ArrivalRange(5, 9) }));

    [Fact]
    public void Around_sends_all_four_members() =>
        Assert.Contains("\"around\":{\"eventId\":\"a\\u0022b\",\"timestamp\":7,\"numberOfEventsBefore\":200,\"numberOfEventsAfter\":0}",
            Json(new QueryJobSpec("*") { Around = new AroundAnchor("a\"b", 7, 200) }), StringComparison.Ordinal);

    [Theory]
    [InlineData(null, null, null, false, "")]
    [InlineData(50, null, null, false, "?paginationLimit=50")]
    [InlineData(50, 100, null, false, "?paginationLimit=50&paginationOffset=100")]
    [InlineData(null, 100, null, false, "?paginationLimit=2147483647&paginationOffset=100")]
    [InlineData(null, null, "a b&c", true, "?paginationLimit=2147483647&sortBy=a%20b%26c&sortOrder=asc")]
    public void Poll_options(int? limit, int? offset, string? sortBy, bool ascending, string expected) =>
        Assert.Equal(expected, new PollOptions { Limit = limit, Offset = offset, SortBy = sortBy, Ascending = ascending }.ToQueryString());

    private static string Json(QueryJobSpec spec) => Encoding.UTF8.GetString(spec.ToJson());
}
