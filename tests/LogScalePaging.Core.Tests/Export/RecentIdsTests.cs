using LogScalePaging.Export;

namespace LogScalePaging.Core.Tests.Export;

/// <summary>How far back a repeated id is seen.</summary>
public class RecentIdsTests
{
    [Fact]
    public void RepeatedIds_AreFoundWithinAMillisecondHoweverCrowded_AndElseWithinTheWindow()
    {
        var crowded = new RecentIds();
        for (var row = 1; row <= 2 * RecentIds.Window; row++)
            Assert.Equal(0, crowded.Seen($"id-{row}", 7, row));
        Assert.Equal(1, crowded.Seen("id-1", 7, 0));
        Assert.False(crowded.Overflowed);

        var spread = new RecentIds();
        for (var row = 1; row <= RecentIds.Window + 1; row++)
            Assert.Equal(0, spread.Seen($"id-{row}", -row, row));
        Assert.Equal(2, spread.Seen("id-2", 0, 0));
        Assert.Equal(0, spread.Seen("id-1", 0, 0));
    }
}
