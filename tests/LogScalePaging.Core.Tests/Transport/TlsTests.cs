using LogScalePaging.Core.Tests.Support;
using LogScalePaging.Diagnostics;
using LogScalePaging.Transport.Errors;

namespace LogScalePaging.Core.Tests.Transport;

public sealed class TlsTests : IDisposable
{
    private readonly TestCertificates _certificates = new();

    [Fact]
    public async Task An_untrusted_certificate_is_refused_once_and_the_message_names_the_bundle()
    {
        using var rig = new Rig(new ScriptedServer(_certificates.Server()));
        var failure = await rig.FailAsync();
        Assert.Equal(ApiErrorKind.TlsFailed, failure.Kind);
        Assert.Contains("not trusted here", failure.Message, StringComparison.Ordinal);
        Assert.Contains("-CaBundle", failure.Message, StringComparison.Ordinal);
        AssertOnce(rig, failure);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_bundle_is_trusted_in_addition_to_the_system(bool intermediateInBundle)
    {
        using var server = new ScriptedServer(_certificates.Server(sendIntermediate: !intermediateInBundle), Replies.Json("{}"));
        using var rig = new Rig(server, o => o with { CaBundle = _certificates.Bundle(intermediateInBundle) });
        Assert.Equal("{}", await rig.GetAsync());
        Assert.DoesNotContain(rig.Signals, s => s.Kind == SignalKind.CertificateCheckSkipped);
    }

    [Fact]
    public async Task A_bundle_without_the_right_authority_does_not_help()
    {
        using var others = new TestCertificates();
        using var rig = new Rig(new ScriptedServer(_certificates.Server()), o => o with { CaBundle = others.Bundle() });
        var failure = await rig.FailAsync();
        Assert.Contains("-CaBundle", failure.Message, StringComparison.Ordinal);
        AssertOnce(rig, failure);
    }

    [Fact]
    public async Task A_wrong_name_stays_wrong_with_a_bundle()
    {
        using var rig = new Rig(new ScriptedServer(_certificates.Server("api.example.org")),
            o => o with { CaBundle = _certificates.Bundle() });
        var failure = await rig.FailAsync();
        Assert.Contains("for another name", failure.Message, StringComparison.Ordinal);
        AssertOnce(rig, failure);
    }

    [Fact]
    public async Task An_expired_certificate_stays_expired_with_a_bundle()
    {
        using var rig = new Rig(new ScriptedServer(_certificates.Server(expired: true)), o => o with { CaBundle = _certificates.Bundle() });
        var failure = await rig.FailAsync();
        Assert.Contains("expired", failure.Message, StringComparison.Ordinal);
        AssertOnce(rig, failure);
    }

    [Fact]
    public async Task Skipping_the_check_warns_in_every_view()
    {
        using var server = new ScriptedServer(_certificates.Server("wrong.example.org", expired: true)) { Otherwise = Replies.Json("{}") };
        using var rig = new Rig(server, o => o with { SkipCertificateCheck = true });
        Assert.Equal("{}", await rig.GetAsync());
        var log = new SignalLog();
        using var view = rig.Transport.With(log);
        Assert.Equal(SignalKind.CertificateCheckSkipped, Assert.Single(log.Warnings).Kind);
        Assert.Equal(1, rig.Transport.Signals.CountOf(SignalKind.CertificateCheckSkipped));
    }

    [Fact]
    public async Task A_client_certificate_is_shown_to_a_server_that_asks()
    {
        using var client = _certificates.Client();
        using var server = new ScriptedServer(_certificates.Server(), Replies.Json("{}")) { AsksForCertificate = true };
        using var rig = new Rig(server, o => o with { CaBundle = _certificates.Bundle(), ClientCertificate = client });
        await rig.GetAsync();
        Assert.Equal("CN=a client", server.ClientSubject);
    }

    [Fact]
    public async Task A_port_without_TLS_has_its_own_message()
    {
        using var garbage = new GarbageServer();
        using var rig = new Rig(new ScriptedServer(), o => o with { BaseUrl = garbage.Url, MaxRetryCount = 1 });
        var failure = await rig.FailAsync();
        Assert.Equal(ApiErrorKind.TlsFailed, failure.Kind);
        Assert.Contains("Check that the port uses TLS", failure.Message, StringComparison.Ordinal);
        Assert.False(failure.MayHaveBeenProcessed);
    }

    public void Dispose() => _certificates.Dispose();

    private static void AssertOnce(Rig rig, ApiException failure)
    {
        Assert.Equal(ApiErrorKind.TlsFailed, failure.Kind);
        Assert.False(failure.IsTransient);
        Assert.Equal(1, rig.Server.Accepted);
        Assert.Empty(rig.Server.Requests);
    }
}
