using System.CommandLine;
using LogScalePaging.Cli.Options;
using LogScalePaging.Cli.Output;
using LogScalePaging.Common;
using LogScalePaging.Diagnostics;
using LogScalePaging.Export.Manifest;
using LogScalePaging.Export.Timestamps;
using LogScalePaging.Export.Verification;
using LogScalePaging.Search;

namespace LogScalePaging.Cli.Commands;

/// <summary><c>verify</c>: checks whether a file still matches its manifest.</summary>
internal sealed class VerifyCommand(CliHost host)
{
    private const string Examples =
        """
        Check an export before it is used, or after it was moved:
          {0} verify events.json && ./import events.json

        All exports of a folder, each once, however many files it has:
          {0} verify exports/*

        And ask the server whether it still counts as many:
          export LOGSCALE_BASE_URL=https://cloud.community.humio.com LOGSCALE_TOKEN=...
          {0} verify events.json --recount

        Require a timestamp of the manifest, from an authority that you trust:
          {0} verify events.json --require-timestamp --timestamp-trust authority.pem

        Exit codes: 0 valid, 3 not valid, 1 could not be checked (of several files the greatest of these), 2 wrong usage, 130 interrupted.
        """;

    private readonly Argument<string[]> _files = new("FILE")
    {
        Description = "The output, one of its files, or its manifest. Several are allowed.",
        Arity = ArgumentArity.OneOrMore,
    };
    private readonly Option<bool> _recount = new("--recount")
    {
        Description = "Ask the server for the count again, and compare it with the files.",
    };
    private readonly Option<bool> _requireTimestamp = new("--require-timestamp")
    {
        Description = "The manifest must have a timestamp whose certificate is trusted.",
    };
    private readonly Option<string?> _timestampTrust = new("--timestamp-trust")
    {
        HelpName = "FILE",
        Description = "PEM file with the certificates of the timestamp authorities to trust, instead of the system's.",
    };
    private readonly ConnectionOptions _connection = new();
    private readonly SystemChoice _system = new();
    private readonly TalkOptions _talk = new();

    /// <summary>The command.</summary>
    public Command Create()
    {
        var command = new Command("verify", "Check a file of an export against its manifest: size, hash, rows, order and range. With "
            + "--recount, also against the server's count.");
        command.Add(_files);
        command.Add(_recount);
        command.Add(_requireTimestamp);
        command.Add(_timestampTrust);
        _connection.AddTo(command, forSearch: false);
        _talk.AddTo(command);
        return CommandLineApp.WithExamples(host, command, Examples, (parsed, _) => RunAsync(parsed));
    }

    private async Task<int> RunAsync(ParseResult parsed)
    {
        var messages = _talk.Messages(parsed, host);
        var files = parsed.GetRequiredValue(_files);
        // A shell that expands a wildcard passes each file of an export, and its manifest.
        var seen = new SeenExports();
        var code = ExitCode.Complete;
        foreach (var path in files)
        {
            var one = await CheckAsync(parsed, messages, path, seen, files.Length > 1).ConfigureAwait(false);
            if (one is ExitCode.Interrupted or ExitCode.Usage)
                return one;
            code = Math.Max(code, one);
        }
        return code;
    }

    private async Task<int> CheckAsync(ParseResult parsed, Messages messages, string path, SeenExports seen, bool isOneOfMany)
    {
        try
        {
            if (!seen.Add(path))
                return ExitCode.Complete;
            using var progress = new VerifyProgress(messages, host.Time);
            var result = parsed.GetValue(_recount)
                ? await RecountAsync(parsed, messages, path, progress).ConfigureAwait(false)
                : ExportVerifier.Verify(path, Demand(parsed), progress, host.Interrupted);
            progress.Dispose();
            return Report(messages, path, result, isOneOfMany);
        }
        catch (OperationCanceledException) when (host.Interrupted.IsCancellationRequested)
        {
            messages.Say("Interrupted before the check was finished.");
            return ExitCode.Interrupted;
        }
        catch (Exception e)
        {
            return CommandLineApp.Fail(messages, e);
        }
    }

    private async Task<VerificationResult> RecountAsync(ParseResult parsed, Messages messages, string path, VerifyProgress progress)
    {
        SearchConnection? connection = null;
        var signals = new SignalLog(host.Time);
        signals.Emitted += signal => messages.Tell(signal);
        try
        {
            return await ExportRecount.VerifyAsync(path, Demand(parsed), Connect, signals, progress,
                host.Interrupted).ConfigureAwait(false);
        }
        finally
        {
            connection?.Dispose();
        }

        SearchConnection Connect(ExportManifest manifest)
        {
            (connection, var token) = _system.Named(manifest.System) is { } system
                ? system.Connect(parsed, host, _connection)
                : _connection.Connect(parsed, host, parallel: 1, manifest.Repository);
            messages.Hide(token);
            messages.CleanWith(connection.Transport.Clean);
            return connection;
        }
    }

    private TimestampDemand Demand(ParseResult parsed) => new()
    {
        IsRequired = parsed.GetValue(_requireTimestamp),
        TrustPath = parsed.GetValue(_timestampTrust),
    };

    private static int Report(Messages messages, string path, VerificationResult result, bool isOneOfMany)
    {
        // Without a manifest there is nothing to compare with, so the file is neither valid nor invalid.
        if (result.Manifest is not { } manifest)
        {
            messages.Error($"'{path}' could not be checked: "
                + $"{result.Findings.FirstOrDefault(f => !f.Passed)?.Detail ?? "the manifest cannot be read."}");
            return ExitCode.Failed;
        }
        foreach (var finding in result.Findings.Where(f => !f.Passed || messages.Verbose))
            messages.Say($"{(finding.Passed ? "good" : "WRONG")}  {Text(finding)}");
        if (!result.IsValid)
        {
            messages.Error($"'{path}' does not match its manifest: {Units.Count(result.Findings.Count(f => !f.Passed), "check")} of "
                + $"{result.Findings.Count} failed.");
            return ExitCode.Incomplete;
        }
        var note = result.Note is null ? null : " " + result.Note;
        messages.Info($"{(isOneOfMany ? $"'{path}' is valid" : "Valid")}: {Units.Count(manifest.Counts.Written, manifest.Schema.Noun)} in "
            + $"{Units.Count(manifest.Files.Count, "file")}, {Units.Count(result.Findings.Count, "check")} passed. "
            + $"The export was {manifest.State}.{note}");
        return ExitCode.Complete;
    }

    private static string Text(VerificationFinding finding)
    {
        var values = finding.Passed
            ? finding.Actual
            : string.Join(", ",
                new[] { finding.Expected is null ? null : $"should be {finding.Expected}",
                    finding.Actual is null ? null : $"is {finding.Actual}" }.OfType<string>());
        return Printable.Line(
            string.Join(": ", new[] { finding.File, finding.Check, values, finding.Detail }.Where(s => !string.IsNullOrEmpty(s))));
    }
}
