using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Formats;
using LogScalePaging.Export.Target;

namespace LogScalePaging.Core.Tests.Export;

/// <summary>Two outputs of one command never have the same file.</summary>
public sealed class ClaimedOutputsTests
{
    [Theory]
    [InlineData("a.json", "a.json", false)]
    [InlineData("a.json", "./x/../a.json", false)]
    [InlineData("a.json", "a.json.manifest.json", false)]
    [InlineData("a.json.partial", "a.json", false)]
    [InlineData("a.json", "a-00001.json", true)]
    [InlineData("a-00002.json", "a.json", true)]
    public void The_second_one_is_refused(string first, string second, bool rotates)
    {
        var claimed = new ClaimedOutputs();
        claimed.Claim(Target(first, rotates));
        var error = Assert.Throws<ExportException>(() => claimed.Claim(Target(second, rotates)));
        Assert.Equal(ExportErrorKind.BadPath, error.Kind);
        Assert.Contains("Nothing was fetched", error.Message);
    }

    [Theory]
    [InlineData("a.json", "b.json", true)]
    [InlineData("a.json", "x/a.json", true)]
    [InlineData("a.json", "a-00001.json", false)]
    [InlineData("a.json", "a.json.gz", true)]
    public void Others_are_not(string first, string second, bool rotates)
    {
        var claimed = new ClaimedOutputs();
        claimed.Claim(Target(first, rotates));
        claimed.Claim(Target(second, rotates));
        Assert.Throws<ExportException>(() => claimed.Claim(Target(first, rotates)));
    }

    private static ExportTarget Target(string path, bool rotates) => new()
    {
        Path = path,
        Format = ExportFormat.Json,
        MaxFileEvents = rotates ? 10 : null,
    };
}
