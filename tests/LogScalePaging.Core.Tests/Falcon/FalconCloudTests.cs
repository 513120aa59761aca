using LogScalePaging.Core.Tests.Transport;
using LogScalePaging.Falcon.SignIn;

namespace LogScalePaging.Core.Tests.Falcon;

public sealed class FalconCloudTests
{
    [Theory]
    [InlineData("us-1", "https://api.crowdstrike.com/")]
    [InlineData("US-2", "https://api.us-2.crowdstrike.com/")]
    [InlineData("eu1", "https://api.eu-1.crowdstrike.com/")]
    [InlineData("usgov1", "https://api.laggar.gcw.crowdstrike.com/")]
    [InlineData("us-gov-2", "https://api.us-gov-2.crowdstrike.mil/")]
    public void A_cloud_is_found_by_its_name_in_any_spelling(string name, string url) =>
        Assert.Equal(url, FalconCloud.Find(name)!.Url.AbsoluteUri);

    [Fact]
    public void An_unknown_cloud_is_not_found() => Assert.Null(FalconCloud.Find("mars-1"));

    [Theory]
    [InlineData("0123456789ABCDEF0123456789ABCDEF-4A", "0123456789abcdef0123456789abcdef")]
    [InlineData(" 0123456789abcdef0123456789abcdef ", "0123456789abcdef0123456789abcdef")]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_CID_is_sent_in_lower_case_without_its_checksum(string? given, string? expected) =>
        Assert.Equal(expected, FalconCredential.NormaliseCid(given));

    [Theory]
    [InlineData("", "secret", null)]
    [InlineData("id", "", null)]
    [InlineData("id", "secret", "a&client_secret=b")]
    public void An_invalid_credential_is_refused(string id, string secret, string? cid) =>
        Assert.Throws<ArgumentException>(() => new FalconCredential(id, Rig.Secret(secret), cid));
}
