using System.Net;
using System.Text;
using System.Text.Json;
using LogScalePaging.Transport.Http;
using LogScalePaging.Transport.Secrets;
using LogScalePaging.Transport.Tokens;

namespace LogScalePaging.Core.Tests.Transport;

public sealed class SecretCleanerTests
{
    private const string Secret = "m4rker/+&= <\"\u00e9>zz9";

    public static TheoryData<string> Forms =>
    [
        Secret,
        Uri.EscapeDataString(Secret),
        Uri.EscapeDataString(Secret).Replace("%2F", "%2f", StringComparison.Ordinal).Replace("%2B", "%2b", StringComparison.Ordinal)
            .Replace("%3D", "%3d", StringComparison.Ordinal)
            .Replace("%3C", "%3c", StringComparison.Ordinal).Replace("%C3%A9", "%c3%a9", StringComparison.Ordinal).Replace("%3E", "%3e",
                StringComparison.Ordinal),
        Uri.EscapeDataString(Secret).Replace("%20", "+", StringComparison.Ordinal),
        WebUtility.HtmlEncode(Secret),
        JsonSerializer.Serialize(Secret),
        JsonSerializer.Serialize(Secret).Replace("\\u00E9", "\\u00e9", StringComparison.Ordinal).Replace("\\u002B", "\\u002b",
            StringComparison.Ordinal)
            .Replace("\\u003C", "\\u003c", StringComparison.Ordinal).Replace("\\u003E", "\\u003e", StringComparison.Ordinal),
        Secret.Replace("\"", "\\\"", StringComparison.Ordinal),
        Secret.Replace("/", "\\/", StringComparison.Ordinal),
        Convert.ToBase64String(Encoding.UTF8.GetBytes(Secret)),
        Convert.ToBase64String(Encoding.UTF8.GetBytes("u:" + Secret)),
        Convert.ToBase64String(Encoding.UTF8.GetBytes("user:" + Secret)),
        Convert.ToBase64String(Encoding.UTF8.GetBytes("some user:" + Secret + "\n")),
        Convert.ToBase64String(Encoding.UTF8.GetBytes("use:" + Secret)).Replace('+', '-').Replace('/', '_'),
    ];

    [Theory]
    [MemberData(nameof(Forms))]
    public void Every_form_is_taken_out(string form)
    {
        var cleaner = new SecretCleaner();
        cleaner.Keep(Secret);
        var clean = cleaner.Clean($"before {form} after");
        Assert.Contains("***", clean, StringComparison.Ordinal);
        Assert.StartsWith("before ", clean, StringComparison.Ordinal);
        Assert.EndsWith(" after", clean, StringComparison.Ordinal);
        // What may be left of Base64 depends on what stands beside the secret.
        Assert.InRange(clean.Length, 0, 40);
        Assert.DoesNotContain("m4rk", clean, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Authorization: Bearer abc12", "Authorization: Bearer ***")]
    [InlineData("password=abc12&x=y", "password=***&x=y")]
    [InlineData("\"token\": \"abc12\"", "\"token\": \"***\"")]
    [InlineData("client_secret=abc12", "client_secret=***")]
    [InlineData("http://me:abc12@proxy:8080/", "http://***@proxy:8080/")]
    [InlineData("the abc12 events of me", "the abc12 events of me")]
    [InlineData("Bearer abc123", "Bearer abc123")]
    [InlineData("Basic bWU6YWJjMTI=", "Basic ***=")]
    public void A_short_secret_is_removed_only_where_it_is_a_credential(string text, string clean)
    {
        var cleaner = new SecretCleaner();
        cleaner.Keep("me", "abc12");
        Assert.Equal(clean, cleaner.Clean(text));
    }

    [Fact]
    public void Later_secrets_are_learned_and_the_longest_is_taken_out_first()
    {
        var cleaner = new SecretCleaner();
        Assert.Equal("token-one and token-one-more", cleaner.Clean("token-one and token-one-more"));
        cleaner.Keep("token-one");
        cleaner.Keep("token-one-more");
        cleaner.Keep(null);
        cleaner.Keep("");
        Assert.Equal("*** and ***", cleaner.Clean("token-one and token-one-more"));
    }

    [Fact]
    public void Renewed_tokens_do_not_fill_the_memory()
    {
        var cleaner = new SecretCleaner();
        for (var i = 0; i < 1_000; i++)
            cleaner.Keep($"token-number-{i}-");
        Assert.Equal("***", cleaner.Clean("token-number-999-"));
        Assert.Equal("***", cleaner.Clean("token-number-800-"));
        Assert.Equal("token-number-1-", cleaner.Clean("token-number-1-"));
    }

    [Theory]
    [InlineData("http://user%40corp:p%23ssw0rd@proxy:8080", "user%40corp", "p%23ssw0rd", "user@corp", "p#ssw0rd")]
    [InlineData("longuser:longpassword@proxy", "longuser", "longpassword")]
    [InlineData("http://longuser1:pass@word1@proxy", "pass@word1")]
    [InlineData("http://proxy:8080")]
    public void The_proxies_of_the_environment_are_learned(string proxy, params string[] secrets)
    {
        foreach (var variable in new[] { "HTTPS_PROXY", "https_proxy", "ALL_PROXY" })
        {
            var options = new ApiTransportOptions { BaseUrl = new Uri("https://localhost"), Tokens = NoTokenSource.Instance };
            ProxySecrets.Keep(options, name => name == variable ? proxy : null);
            foreach (var secret in secrets)
                Assert.Equal("***", options.Secrets.Clean(secret));
            Assert.Equal("proxy:8080", options.Secrets.Clean("proxy:8080"));
        }
    }

    [Fact]
    public void The_credential_of_the_proxy_is_learned()
    {
        var options = new ApiTransportOptions
        {
            BaseUrl = new Uri("https://localhost"),
            Tokens = NoTokenSource.Instance,
            ProxyCredential = new NetworkCredential("proxyuser", "proxypass", "CORP")
        };
        ProxySecrets.Keep(options, _ => null);
        Assert.Equal("*** *** ***",
            options.Secrets.Clean($"proxyuser proxypass {Convert.ToBase64String(Encoding.UTF8.GetBytes("CORP\\proxyuser:proxypass"))}"));
    }
}
