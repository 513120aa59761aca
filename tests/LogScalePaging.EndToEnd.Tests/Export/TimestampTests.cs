using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Formats;
using LogScalePaging.Export.Runs;
using LogScalePaging.Export.Target;
using LogScalePaging.Export.Timestamps;
using LogScalePaging.Export.Verification;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.TestServers;

namespace LogScalePaging.EndToEnd.Tests.Export;

/// <summary>Timestamps of manifests (RFC 3161), from an authority on this machine.</summary>
public sealed class TimestampTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TestBench _bench = new TestBench().Fill(300, crowd: 50);
    private readonly TimestampAuthority _authority = new();

    private string Output => _folder.In("events.ndjson");

    private string Manifest => Output + ".manifest.json";

    private string Timestamp => Manifest + ".tsr";

    public static TheoryData<string> Wrong =>
    [
        "refused", "nonce", "hash", "purpose", "certificates", "flipped", "cut", "empty", "page", "large", "status", "more",
    ];

    public void Dispose()
    {
        _authority.Dispose();
        _bench.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task An_export_gets_a_timestamp_of_its_manifest()
    {
        var result = await ExportAsync();
        Assert.Equal((Timestamp, null), (result.TimestampPath, result.TimestampError));
        // Only the hash is sent, and no credential of the searched server.
        Assert.Equal(["POST /tsa application/timestamp-query "], _authority.Requests);
        var finding = Finding(Trusting(_authority));
        Assert.True(finding.Passed, finding.ToString());
        Assert.EndsWith("by CN=Test Timestamp Authority", finding.Actual, StringComparison.Ordinal);
        Assert.Null(finding.Detail);
        Assert.Contains("was not checked", Finding(null).Detail, StringComparison.Ordinal);
        Assert.True(ExportVerifier.Verify(Timestamp, Trusting(_authority), null, default).IsValid);
    }

    [Fact]
    public async Task A_manifest_that_was_edited_afterwards_is_found()
    {
        await ExportAsync();
        var text = File.ReadAllText(Manifest);
        foreach (var edited in new[] { text.Replace("\"operator\": \"", "\"operator\": \"not ", StringComparison.Ordinal), text + "\n",
            text.Replace("\"requests\": ", "\"requests\": 1", StringComparison.Ordinal) })
        {
            Assert.NotEqual(text, edited);
            File.WriteAllText(Manifest, edited);
            foreach (var demand in new[] { Trusting(_authority), new TimestampDemand { IsRequired = true }, null })
            {
                var finding = Finding(demand);
                Assert.False(finding.Passed);
                Assert.Contains("the manifest was changed after the timestamp was made", finding.Detail, StringComparison.Ordinal);
            }
        }
        // The edit alone, with the timestamp deleted, is found only if one is required.
        File.Delete(Timestamp);
        Assert.DoesNotContain(ExportVerifier.Verify(Output, null, default).Findings, f => f.Check == "Timestamp");
        Assert.Equal((false, "missing"), (Finding(Trusting(_authority)).Passed, Finding(Trusting(_authority)).Actual));
        Assert.False(ExportVerifier.Verify(Output, Trusting(_authority), null, default).IsValid);
    }

    [Fact]
    public async Task A_timestamp_of_another_authority_is_not_trusted()
    {
        await ExportAsync();
        File.WriteAllText(Manifest, File.ReadAllText(Manifest) + "\n");
        File.Delete(Timestamp);
        using (var forger = new TimestampAuthority())
            await ExportTimestamp.AddAsync(Output, forger.Url, new LogScalePaging.Diagnostics.SignalLog(), default);
        Assert.True(Finding(null).Passed);
        foreach (var demand in new[] { Trusting(_authority), Trusting(_authority) with { IsRequired = false },
            new TimestampDemand { IsRequired = true } })
        {
            var finding = Finding(demand);
            Assert.False(finding.Passed);
            Assert.Contains("is not trusted", finding.Detail, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task A_wrong_answer_does_not_lose_the_export(string what)
    {
        Set(_authority, what);
        var result = await ExportAsync();
        Assert.Equal((CompletenessState.Complete, null), (result.Completeness.State, result.Error));
        Assert.NotNull(result.TimestampError);
        Assert.Null(result.TimestampPath);
        Assert.False(File.Exists(Timestamp));
        Assert.True(ExportVerifier.Verify(Output, null, default).IsValid);
        Assert.False(Directory.Exists(Output + ".partial"));

        // Later, when the authority works again.
        Set(_authority, "nothing");
        result = await ExportTimestamp.AddAsync(Output, _authority.Url, new LogScalePaging.Diagnostics.SignalLog(), default);
        Assert.Equal(Timestamp, result.TimestampPath);
        Assert.True(Finding(Trusting(_authority)).Passed);
    }

    [Fact]
    public async Task An_authority_that_is_not_there_does_not_lose_the_export()
    {
        var url = _authority.Url;
        _authority.Dispose();
        var result = await ExportAsync(url);
        Assert.NotNull(result.TimestampError);
        Assert.True(ExportVerifier.Verify(Output, null, default).IsValid);
        Assert.Contains("the export has no timestamp", Assert.Single(_bench.Signals.Warnings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interruption_at_the_authority_does_not_lose_the_export()
    {
        using var stop = new CancellationTokenSource();
        _authority.BeforeAnswer = stop.Cancel;
        var result = await ExportAsync(_authority.Url, stop.Token);
        Assert.IsType<OperationCanceledException>(result.TimestampError);
        Assert.Equal(CompletenessState.Complete, result.Completeness.State);
        Assert.True(ExportVerifier.Verify(Output, null, default).IsValid);
        Assert.False(File.Exists(Timestamp));
    }

    [Fact]
    public async Task A_finished_export_that_is_resumed_gets_its_timestamp()
    {
        var spec = TestBench.Spec() with { Start = QueryTime.At(TestBench.Newest - 60_000), End = QueryTime.At(TestBench.Newest) };
        await new ExportRun(_bench.Connection, Request(null) with { Search = spec }, _bench.Signals).RunAsync(default);
        var request = Request(_authority.Url) with { Search = spec, Resume = true, OrBegin = true };
        for (var run = 0; run < 2; run++)
            Assert.Equal(Timestamp, (await new ExportRun(_bench.Connection, request, _bench.Signals).RunAsync(default)).TimestampPath);
        Assert.Single(_authority.Requests);
        Assert.True(Finding(Trusting(_authority)).Passed);
    }

    [Fact]
    public async Task A_damaged_export_gets_no_timestamp()
    {
        await ExportAsync(server: null);
        File.AppendAllText(Output, " ");
        var error = await Assert.ThrowsAsync<ExportException>(() => ExportTimestamp.AddAsync(Output, _authority.Url, new(), default));
        Assert.Equal(ExportErrorKind.Damaged, error.Kind);
        error = await Assert.ThrowsAsync<ExportException>(
            () => ExportTimestamp.AddAsync(_folder.In("none.json"), _authority.Url, new(), default));
        Assert.Equal(ExportErrorKind.NothingToResume, error.Kind);
        Assert.Empty(_authority.Requests);
    }

    [Theory]
    [InlineData("ftp://127.0.0.1/")]
    [InlineData("tsa.example.com")]
    [InlineData("http://user:password@127.0.0.1/")]
    public void An_address_that_is_none_is_refused(string address) =>
        Assert.Throws<ArgumentException>(() => TimestampServer.EnsureUsable(new Uri(address, UriKind.RelativeOrAbsolute)));

    [Theory]
    [InlineData("text")]
    [InlineData("")]
    [InlineData("0\u0003\u0002\u0001\u0001")]
    public async Task A_file_that_is_no_timestamp_is_found(string content)
    {
        await ExportAsync(server: null);
        File.WriteAllText(Timestamp, content);
        Assert.Contains("not a timestamp", Finding(null).Detail, StringComparison.Ordinal);
        File.Delete(Timestamp);
        Directory.CreateDirectory(Timestamp);
        Assert.Contains("It is a folder", Finding(null).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenSsl_verifies_a_timestamp()
    {
        await ExportAsync();
        File.WriteAllText(_folder.In("root.pem"), _authority.Pem);
        var (code, said) = OpenSsl("ts", "-verify", "-data", Manifest, "-in", Timestamp, "-CAfile", _folder.In("root.pem"));
        Assert.True(code == 0 && said.Contains("Verification: OK", StringComparison.Ordinal), said);
        File.AppendAllText(Manifest, "\n");
        Assert.NotEqual(0, OpenSsl("ts", "-verify", "-data", Manifest, "-in", Timestamp, "-CAfile", _folder.In("root.pem")).Code);
    }

    [Fact]
    public async Task A_timestamp_of_OpenSsl_is_verified()
    {
        var root = MakeOpenSslAuthority();
        _authority.Answer = query =>
        {
            File.WriteAllBytes(_folder.In("query.tsq"), query);
            var (code, said) = OpenSsl("ts", "-reply", "-config", _folder.In("tsa.cnf"), "-queryfile", _folder.In("query.tsq"), "-out",
                _folder.In("reply.tsr"));
            return code == 0 ? File.ReadAllBytes(_folder.In("reply.tsr")) : Encoding.UTF8.GetBytes(said);
        };
        var result = await ExportAsync();
        Assert.True(result.TimestampError is null, result.TimestampError?.Message);
        var finding = Finding(new TimestampDemand { IsRequired = true, TrustPath = root });
        Assert.True(finding.Passed, finding.ToString());
        Assert.False(Finding(Trusting(_authority)).Passed);
        // Only the token, as some tools save it.
        Assert.Equal(0, OpenSsl("ts", "-reply", "-in", Timestamp, "-token_out", "-out", _folder.In("token")).Code);
        File.Copy(_folder.In("token"), Timestamp, overwrite: true);
        Assert.True(Finding(new TimestampDemand { IsRequired = true, TrustPath = root }).Passed);
    }

    private string MakeOpenSslAuthority()
    {
        File.WriteAllText(_folder.In("tsa.cnf"), $"""
            [ req ]
            distinguished_name = name
            prompt = no
            [ name ]
            CN = OpenSSL Timestamp
            [ signer ]
            extendedKeyUsage = critical,timeStamping
            basicConstraints = CA:false
            [ tsa ]
            default_tsa = tsa1
            [ tsa1 ]
            serial = {_folder.In("serial")}
            signer_cert = {_folder.In("signer.pem")}
            signer_key = {_folder.In("signer.key")}
            signer_digest = sha256
            default_policy = 1.2.3.4
            digests = sha256
            accuracy = secs:1
            ess_cert_id_alg = sha256
            """);
        File.WriteAllText(_folder.In("serial"), "01");
        string[] key = ["-newkey", "rsa:2048", "-nodes", "-config", _folder.In("tsa.cnf")];
        Ok(OpenSsl(["req", "-x509", "-subj", "/CN=OpenSSL Root", "-days", "2", "-keyout", _folder.In("root.key"), "-out",
            _folder.In("openssl.pem"), "-addext", "basicConstraints=critical,CA:true", .. key]));
        Ok(OpenSsl(["req", "-new", "-keyout", _folder.In("signer.key"), "-out", _folder.In("signer.csr"), .. key]));
        Ok(OpenSsl("x509", "-req", "-in", _folder.In("signer.csr"), "-CA", _folder.In("openssl.pem"), "-CAkey", _folder.In("root.key"),
            "-CAcreateserial", "-days", "2",
            "-extfile", _folder.In("tsa.cnf"), "-extensions", "signer", "-out", _folder.In("signer.pem")));
        return _folder.In("openssl.pem");

        static void Ok((int Code, string Said) run) => Assert.True(run.Code == 0, run.Said);
    }

    private static (int Code, string Said) OpenSsl(params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo("openssl", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.Result);
    }

    private static void Set(TimestampAuthority authority, string what)
    {
        authority.Refuses = what == "refused";
        authority.WrongNonce = what == "nonce";
        authority.WrongHash = what == "hash";
        authority.WrongPurpose = what == "purpose";
        authority.WithoutCertificates = what == "certificates";
        authority.Status = what == "status" ? 403 : 200;
        authority.Change = what switch
        {
            "flipped" => static bytes =>
            {
                bytes[^1] ^= 1;
                return bytes;
            }
            ,
            "cut" => static bytes => bytes[..^20],
            "empty" => static _ => [],
            "page" => static _ => "<html>sign in</html>"u8.ToArray(),
            "large" => static _ => new byte[(1 << 20) + 1],
            "more" => static bytes => [.. bytes, .. RandomNumberGenerator.GetBytes(4)],
            _ => static bytes => bytes,
        };
    }

    private TimestampDemand Trusting(TimestampAuthority authority)
    {
        File.WriteAllText(_folder.In("root.pem"), authority.Pem);
        return new TimestampDemand { IsRequired = true, TrustPath = _folder.In("root.pem") };
    }

    private VerificationFinding Finding(TimestampDemand? demand) =>
        Assert.Single(ExportVerifier.Verify(Output, demand, null, default).Findings, f => f.Check == "Timestamp");

    private Task<ExportOutcome> ExportAsync() => ExportAsync(_authority.Url);

    private Task<ExportOutcome> ExportAsync(Uri? server, CancellationToken cancellationToken = default) =>
        new ExportRun(_bench.Connection, Request(server), _bench.Signals).RunAsync(cancellationToken);

    private ExportRequest Request(Uri? server) =>
        new(TestBench.Spec(), new ExportTarget { Path = Output, Format = ExportFormat.NdJson }) { TimestampServer = server };
}
