using LogScalePaging.Common;
using LogScalePaging.Paging;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Records;

namespace LogScalePaging.Core.Tests;

public class CountedTests
{
    [Theory]
    [InlineData(0, "0 events")]
    [InlineData(1, "1 event")]
    [InlineData(2, "2 events")]
    [InlineData(1_234_567, "1,234,567 events")]
    public void OneThingHasNoPlural(long count, string text) => Assert.Equal(text, Counted.Of(count, "event"));

    [Fact]
    public void MessagesOfOneRecordHaveNoPlural()
    {
        Assert.Equal("the limit of 1 event is reached", new RecordLimit(1).End.Why);
        Assert.Equal("the newest 1 record, because of the limit",
            Completeness.Judge(new SearchFacts { Received = 1, Limit = 1, Order = RecordOrder.NewestFirst }).Reason);
        Assert.Contains("but 1 record has a time outside the range",
            Completeness.Judge(new SearchFacts { Before = 1, After = 1, Received = 1, Notes = new(OutsideRange: 1) }).Reason,
            StringComparison.Ordinal);
    }
}
