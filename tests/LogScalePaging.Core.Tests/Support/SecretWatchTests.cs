using System.Text;
using LogScalePaging.Core.Tests.Export;
using LogScalePaging.Core.Tests.Transport;
using LogScalePaging.Diagnostics;
using LogScalePaging.Paging;
using LogScalePaging.Support;

namespace LogScalePaging.Core.Tests.Support;

/// <summary>The search for secrets in all output of the suite finds planted secrets.</summary>
public sealed class SecretWatchTests
{
    [Fact]
    public void A_secret_in_a_signal_is_found()
    {
        var found = SecretWatch.Planted(() => new SignalLog().Verbose(SignalKind.Request, $"Bearer {Rig.Token}"));
        Assert.StartsWith("signal: ", Assert.Single(found), StringComparison.Ordinal);
    }

    [FactExcept(Runs.Mono, Differences.NoFirstChance)]
    public void A_secret_in_an_exception_of_the_product_is_found_when_it_is_thrown()
    {
        var found = SecretWatch.Planted(() =>
        {
            try
            {
                throw new PagingException(PagingErrorKind.RequestFailed, $"The server says {Rig.Token}.");
            }
            catch (PagingException)
            {
                // A test would check the kind of the exception, and not its message.
            }
        });
        Assert.Contains(found, f => f.StartsWith("exception: ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("simulator-token")]
    [InlineData("s3cret%26%2F%2B%3DValue9")]
    [InlineData("s3cr&t/+=Value9")]
    [InlineData("eyJaaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffff1")]
    public void A_secret_is_found_in_each_form(string text) =>
        Assert.Single(SecretWatch.Planted(() => SecretWatch.Look("test", $"It is {text}.")));

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("ab")]
    [InlineData("id:")]
    public void A_secret_is_found_in_Base64_wherever_it_stands(string before)
    {
        var text = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{before}simulator-client-secret:x"));
        Assert.NotEmpty(SecretWatch.Planted(() => SecretWatch.Look("test", text)));
    }

    [Fact]
    public void A_secret_in_a_file_is_found_before_the_file_is_deleted()
    {
        var found = SecretWatch.Planted(() =>
        {
            using var folder = new TempFolder();
            File.WriteAllText(folder.In("events.manifest.json"), $"{{\"warning\":\"Bearer {Rig.Token}\"}}");
        });
        Assert.Contains("events.manifest.json", Assert.Single(found), StringComparison.Ordinal);
    }

    [Fact]
    public void Other_texts_are_no_secret() =>
        Assert.Empty(SecretWatch.Planted(() => SecretWatch.Look("test", "The token was refused by the simulator (401).")));
}
