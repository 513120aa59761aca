using LogScalePaging.Cli;
using LogScalePaging.TestServers;

namespace LogScalePaging.EndToEnd.Tests.Cli;

/// <summary>Timestamps on the command line: at an export, later, and in a verification.</summary>
public sealed class TimestampCommandTests : IDisposable
{
    private readonly CliWorld _world = new(300);
    private readonly TimestampAuthority _authority = new();

    public void Dispose()
    {
        _authority.Dispose();
        _world.Dispose();
    }

    [Fact]
    public async Task An_export_gets_a_timestamp_that_verify_requires()
    {
        var outcome = await _world.ExportAsync("x.ndjson", "--timestamp-server", _authority.Url.AbsoluteUri, "--no-operator");
        Assert.Equal(ExitCode.Complete, outcome.Code);
        Assert.Contains("timestamp   " + _world.In("x.ndjson.manifest.json.tsr"), outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("\"operator\"", File.ReadAllText(_world.In("x.ndjson.manifest.json")), StringComparison.Ordinal);
        Assert.Equal(ExitCode.Complete, (await VerifyAsync()).Code);

        var manifest = _world.In("x.ndjson.manifest.json");
        File.WriteAllText(manifest, File.ReadAllText(manifest).Replace("\"retries\": 0", "\"retries\": 1", StringComparison.Ordinal));
        outcome = await VerifyAsync();
        outcome.Failed(ExitCode.Incomplete, "WRONG", "Timestamp", "the manifest was changed after the timestamp was made");
        File.Delete(manifest + ".tsr");
        (await VerifyAsync()).Failed(ExitCode.Incomplete, "The manifest has no timestamp");
        Assert.Equal(ExitCode.Complete, (await _world.RunAsync("verify", manifest)).Code);
    }

    [Fact]
    public async Task An_authority_that_refuses_is_an_error_and_the_export_is_in_place()
    {
        _authority.Refuses = true;
        var outcome = await _world.ExportAsync("x.ndjson", "--timestamp-server", _authority.Url.AbsoluteUri);
        Assert.Equal(ExitCode.Failed, outcome.Code);
        Assert.Contains("Complete:", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("The export is in place, but its manifest has no timestamp", Assert.Single(outcome.Errors),
            StringComparison.Ordinal);
        Assert.Contains($"logscale-paging timestamp {_world.In("x.ndjson.manifest.json")} --timestamp-server URL", outcome.Error,
            StringComparison.Ordinal);
        (await VerifyAsync()).Failed(ExitCode.Incomplete, "The manifest has no timestamp");

        outcome = await StampAsync("x.ndjson");
        outcome.Failed(ExitCode.Failed, "sent no valid timestamp");
        _authority.Refuses = false;
        outcome = await StampAsync("x.ndjson");
        Assert.Equal(ExitCode.Complete, outcome.Code);
        Assert.Equal(ExitCode.Complete, (await VerifyAsync()).Code);
        var requests = _authority.Requests.Count;
        Assert.Equal(ExitCode.Complete, (await StampAsync("x.ndjson.manifest.json")).Code);
        Assert.Equal(requests, _authority.Requests.Count);
        (await StampAsync("none.json")).Failed(ExitCode.Failed, "There is no finished export");
    }

    [Fact]
    public async Task Wrong_usage_is_refused_before_anything_is_read()
    {
        (await _world.ExportAsync("x.ndjson", "--timestamp-server", "tsa.example.com")).Failed(ExitCode.Usage, "--timestamp-server",
            "must begin with https:// or http://");
        (await _world.ExportAsync("-", "--timestamp-server", _authority.Url.AbsoluteUri)).Failed(ExitCode.Usage, "no manifest");
        (await _world.RunAsync("timestamp", "x.ndjson")).Failed(ExitCode.Usage, "--timestamp-server");
        (await _world.RunAsync("timestamp", "x.ndjson", "--timestamp-server", "http://u:p@127.0.0.1/")).Failed(ExitCode.Usage,
            "must not contain a user name");
        await _world.ExportAsync("y.ndjson", "--timestamp-server", _authority.Url.AbsoluteUri);
        (await _world.RunAsync("verify", _world.In("y.ndjson"), "--timestamp-trust", _world.In("none.pem"))).Failed(ExitCode.Failed,
            "none.pem");
        Assert.Single(_authority.Requests);
    }

    private Task<CliOutcome> VerifyAsync()
    {
        File.WriteAllText(_world.In("root.pem"), _authority.Pem);
        return _world.RunAsync("verify", _world.In("x.ndjson"), "--require-timestamp", "--timestamp-trust", _world.In("root.pem"));
    }

    private Task<CliOutcome> StampAsync(string name) =>
        _world.RunAsync("timestamp", _world.In(name), "--timestamp-server", _authority.Url.AbsoluteUri);
}
