using LogScalePaging.Core.Tests.Transport;
using LogScalePaging.Falcon.SignIn;

namespace LogScalePaging.Core.Tests.Falcon;

public sealed class FalconCloudTests
{
    [Theory]
    [InlineData("us-1", "https://api.crowdstrike.com/humio/")]
    [InlineData("US-2", "https://api.us-2.crowdstrike.com/humio/")]
    [InlineData("eu1", "https://api.eu-1.crowdstrike.com/humio/")]
    [InlineData("usgov1", "https://api.laggar.gcw.crowdstrike.com/humio/")]
    [InlineData("us-gov-2", "https://api.us-gov-2.crowdstrike.mil/humio/")]
    public void A_cloud_is_found_by_its_name_in_any_spelling(string name, string gateway) =>
        Assert.Equal(gateway, FalconCloud.Find(name)!.Gateway.AbsoluteUri);

    [Fact]
    public void An_unknown_cloud_is_not_found() => Assert.Null(FalconCloud.Find("mars-1"));

    [Theory]
    [InlineData("0123456789ABCDEF0123456789ABCDEF-4A", "0123456789abcdef0123456789abcdef")]
    [InlineData(" 0123456789abcdef0123456789abcdef ", "0123456789abcdef0123456789abcdef")]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_CID_loses_its_checksum_and_its_capitals(string? given, string? expected) =>
        Assert.Equal(expected, FalconCredential.NormaliseCid(given));

    [Theory]
    [InlineData("", "secret", null)]
    [InlineData("id", "", null)]
    [InlineData("id", "secret", "a&client_secret=b")]
    public void An_invalid_credential_is_refused(string id, string secret, string? cid) =>
        Assert.Throws<ArgumentException>(() => new FalconCredential(id, Rig.Secret(secret), cid));
}
