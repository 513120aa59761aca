using LogScalePaging.Common;

namespace LogScalePaging.Core.Tests;

public class ByteSizeTests
{
    [Theory]
    [InlineData(0, "0 bytes")]
    [InlineData(1, "1 byte")]
    [InlineData(999, "999 bytes")]
    [InlineData(1_536, "1.5 kB")]
    [InlineData(99_950, "100 kB")]
    [InlineData(104_857_600, "105 MB")]
    [InlineData(5L << 30, "5.4 GB")]
    [InlineData(long.MaxValue, "9223 PB")]
    public void Text_IsInPowersOfTen(long bytes, string text) => Assert.Equal(text, ByteSize.Text(bytes));

    [Theory]
    [InlineData("5000000", 5_000_000)]
    [InlineData("100B", 100)]
    [InlineData("100MB", 100_000_000)]
    [InlineData("100mb", 100_000_000)]
    [InlineData("100M", 100_000_000)]
    [InlineData("100MiB", 104_857_600)]
    [InlineData("1GiB", 1_073_741_824)]
    [InlineData("1.5 GB", 1_500_000_000)]
    [InlineData(" 2 kb ", 2_000)]
    [InlineData("3T", 3_000_000_000_000)]
    public void ASize_IsRead(string text, long bytes)
    {
        Assert.True(ByteSize.TryParse(text, out var read));
        Assert.Equal(bytes, read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("MB")]
    [InlineData("0")]
    [InlineData("-1MB")]
    [InlineData("1,000")]
    [InlineData("1.5")]
    [InlineData("10XB")]
    [InlineData("10iB")]
    [InlineData("10 M B")]
    [InlineData("1e5")]
    [InlineData("99999999999999TB")]
    [InlineData("99999999999999999999999999999999")]
    public void OtherText_IsNotASize(string text) => Assert.False(ByteSize.TryParse(text, out _));
}
