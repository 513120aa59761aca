using System.Net;
using LogScalePaging.Diagnostics;
using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.TestServers;
using LogScalePaging.Transport.Errors;

namespace LogScalePaging.EndToEnd.Tests.Gateway;

/// <summary>Private certificate authorities and proxies between a company's machine and the cloud.</summary>
public sealed class NetworkTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_private_root_is_trusted_by_its_bundle(bool sendIntermediate)
    {
        using var bench = Secure(o => o.SendIntermediate = sendIntermediate);
        using var connection = bench.Connect(change: s => s with { CaBundle = Bundle(bench) });
        Assert.Equal(bench.Truth, (await bench.WalkAsync(connection)).Events);
        Assert.DoesNotContain(bench.Told, s => s.Kind == SignalKind.CertificateCheckSkipped);
    }

    [Fact]
    public async Task The_bundle_may_come_from_the_environment()
    {
        using var bench = Secure();
        using var connection = NgSiem.Connect(bench.Settings, null, name => name == "CA_BUNDLE" ? Bundle(bench) : null);
        Assert.Equal(200, await GatewayBench.AskAsync(connection));
    }

    [Fact]
    public async Task Without_it_the_certificate_is_refused_and_the_bundle_named()
    {
        using var bench = Secure();
        using var connection = bench.Connect();
        var failure = await RefuseAsync(bench, connection, NetworkProblem.CertificateUntrusted);
        Assert.Contains("-CaBundle", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_expired_certificate_stays_expired()
    {
        using var bench = Secure(o => o.Expired = true);
        using var connection = bench.Connect(change: s => s with { CaBundle = Bundle(bench) });
        var failure = await RefuseAsync(bench, connection, NetworkProblem.CertificateExpired);
        Assert.Contains("expired", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_for_another_name_stays_wrong()
    {
        using var bench = Secure(o => o.HostName = "api.example.org");
        using var connection = bench.Connect(change: s => s with { CaBundle = Bundle(bench) });
        var failure = await RefuseAsync(bench, connection, NetworkProblem.CertificateName);
        Assert.Contains("another name", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Skipping_the_check_warns_in_every_run()
    {
        using var bench = Secure(o => (o.Expired, o.HostName) = (true, "api.example.org"));
        using var connection = bench.Connect(o => o with { SkipCertificateCheck = true });
        for (var run = 0; run < 2; run++)
        {
            var signals = new SignalLog();
            Assert.Equal(200, await GatewayBench.AskAsync(connection, signals));
            Assert.Equal(SignalKind.CertificateCheckSkipped, Assert.Single(signals.Warnings).Kind);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_proxy_with_credentials_is_passed(bool tls)
    {
        using var proxy = ProxySimulator.Start(new ProxyOptions { User = "CORP\\me", Password = "hunter2+" });
        using var bench = tls ? Secure() : new GatewayBench().Fill(300);
        using var connection = bench.Connect(
            o => o with { Proxy = proxy.Url, ProxyCredential = new NetworkCredential("CORP\\me", "hunter2+") },
            s => tls ? s with { CaBundle = Bundle(bench) } : s);
        Assert.Equal(bench.Truth, (await bench.WalkAsync(connection)).Events);
        Assert.Contains(proxy.Requests, r => r == $"{(tls ? "CONNECT" : "POST")} {bench.Server.BaseUrl.Authority}");
        // Plain requests go to the server in the clear: what is for the proxy alone must not.
        Assert.True(proxy.Denied > 0);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public async Task A_proxy_that_needs_other_credentials_has_its_own_error(bool tls, bool wrong)
    {
        using var proxy = ProxySimulator.Start(new ProxyOptions { User = "me", Password = "hunter2" });
        using var bench = tls ? Secure() : new GatewayBench();
        using var connection = bench.Connect(
            o => o with { Proxy = proxy.Url, ProxyCredential = wrong ? new NetworkCredential("me", "hunter3") : null });
        var failure = await RefuseAsync(bench, connection, NetworkProblem.ProxyCredentials);
        Assert.Contains("HTTPS_PROXY", failure.Message, StringComparison.Ordinal);
        Assert.InRange(proxy.Requests.Count, 1, wrong ? 2 : 1);
    }

    // Windows answers Negotiate and NTLM itself.
    [UnixTheory]
    [InlineData(true, "Negotiate", "NTLM", "Basic")]
    [InlineData(false, "Negotiate", "NTLM", "Basic")]
    [InlineData(true, "NTLM", "Basic")]
    [InlineData(false, "Basic", "Negotiate")]
    public async Task A_proxy_that_offers_more_than_Basic_gets_the_password_by_Basic(bool tls, params string[] schemes)
    {
        using var proxy = ProxySimulator.Start(new ProxyOptions { User = "CORP\\me", Password = "hunter2+", Schemes = schemes });
        using var bench = tls ? Secure() : new GatewayBench().Fill(300);
        using var connection = bench.Connect(
            o => o with { Proxy = proxy.Url, ProxyCredential = new NetworkCredential("CORP\\me", "hunter2+") },
            s => tls ? s with { CaBundle = Bundle(bench) } : s);
        Assert.Equal(bench.Truth, (await bench.WalkAsync(connection)).Events);
        new SecretSearch(bench).In(connection.Transport.Host).AssertNone();
    }

    [UnixTheory]
    [InlineData(true, true)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(false, false)]
    public async Task The_error_names_the_schemes_that_a_proxy_offers(bool tls, bool given)
    {
        using var proxy = ProxySimulator.Start(
            new ProxyOptions { User = "me", Password = "hunter2", Schemes = ["Negotiate", "NTLM", "Basic"] });
        using var bench = tls ? Secure() : new GatewayBench();
        using var connection = bench.Connect(
            o => o with { Proxy = proxy.Url, ProxyCredential = given ? new NetworkCredential("me", "hunter3") : null });
        var failure = await bench.FailAsync(connection);
        Assert.Equal(NetworkProblem.ProxyCredentials, failure.NetworkProblem);
        Assert.Contains("It offers Negotiate, NTLM and Basic.", failure.Message, StringComparison.Ordinal);
        Assert.Equal(0, bench.Server.RequestCount);
        Assert.InRange(proxy.Requests.Count, 1, 6);
    }

    [Fact]
    public async Task A_proxy_that_refuses_the_host_has_its_own_error()
    {
        using var proxy = ProxySimulator.Start(new ProxyOptions { Mode = ProxyMode.Refuse });
        using var bench = Secure();
        using var connection = bench.Connect(o => o with { Proxy = proxy.Url });
        var failure = await RefuseAsync(bench, connection, NetworkProblem.ProxyRefused);
        Assert.Contains($"allow localhost:{bench.Server.BaseUrl.Port}", failure.Message, StringComparison.Ordinal);
        Assert.Single(proxy.Requests);
    }

    [Fact]
    public async Task A_sign_in_page_is_recognised_at_the_sign_in_and_during_a_walk()
    {
        using var proxy = ProxySimulator.Start(new ProxyOptions { Mode = ProxyMode.SignInPage });
        using var bench = new GatewayBench().Fill(500);
        using var connection = bench.Connect(o => o with { Proxy = proxy.Url, MaxRetryCount = 1 });
        var failure = await bench.FailAsync(connection);
        Assert.Equal(ApiErrorKind.NotTheApi, failure.Kind);
        Assert.Contains("proxy", failure.Message, StringComparison.Ordinal);

        proxy.Options.Mode = ProxyMode.Pass;
        await connection.FindHomeAsync(bench.Signals, default);
        proxy.Options.Mode = ProxyMode.SignInPage;
        failure = await bench.FailAsync(connection);
        Assert.Equal(ApiErrorKind.NotTheApi, failure.Kind);
        Assert.Contains("titled 'Sign in'", failure.Message, StringComparison.Ordinal);
        Assert.Contains("a proxy requires you to sign in", failure.Message, StringComparison.Ordinal);
        new SecretSearch(bench).In(failure).AssertNone();
    }

    private static async Task<ApiException> RefuseAsync(GatewayBench bench, LogScale.LogScaleSearchConnection connection,
        NetworkProblem problem)
    {
        var failure = await bench.FailAsync(connection);
        Assert.Equal(problem, failure.NetworkProblem);
        Assert.False(failure.IsTransient);
        Assert.Equal(1, failure.Attempts);
        Assert.Equal(0, bench.Server.RequestCount);
        Assert.InRange(bench.Server.ConnectionsAccepted, 0, 1);
        new SecretSearch(bench).In(failure).AssertNone();
        return failure;
    }

    private static GatewayBench Secure(Action<TlsOptions>? configure = null)
    {
        var options = new TlsOptions();
        configure?.Invoke(options);
        return new GatewayBench(tls: new TlsServer(options)).Fill(300);
    }

    private string Bundle(GatewayBench bench)
    {
        var path = _folder.In("bundle.pem");
        File.WriteAllText(path, bench.Tls!.Pem);
        return path;
    }
}
