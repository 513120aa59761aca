using System.CommandLine;
using LogScalePaging.Cli.Options;
using LogScalePaging.Cli.Output;
using LogScalePaging.Export;

namespace LogScalePaging.Cli.Commands;

/// <summary><c>verify</c>: whether a file still is what its manifest says.</summary>
internal sealed class VerifyCommand(CliHost host)
{
    private const string Examples =
        """
        Check an export before it is used, or after it was moved:
          {0} verify events.json && ./import events.json

        Exit codes: 0 valid, 3 not valid, 1 could not be checked, 2 wrong usage, 130 interrupted.
        """;

    private readonly Argument<string> _file = new("FILE") { Description = "The output, one of its files, or its manifest." };
    private readonly TalkOptions _talk = new();

    /// <summary>The command.</summary>
    public Command Create()
    {
        var command = new Command("verify", "Check a file of an export against its manifest: size, hash, rows, order, range.");
        command.Add(_file);
        _talk.AddTo(command);
        return CommandLineApp.WithExamples(host, command, Examples, (parsed, _) => Task.FromResult(Run(parsed)));
    }

    private int Run(ParseResult parsed)
    {
        var messages = _talk.Messages(parsed, host);
        try
        {
            var path = parsed.GetRequiredValue(_file);
            using var progress = new VerifyProgress(messages, host.Time);
            var result = ExportVerifier.Verify(path, progress, host.Interrupted);
            progress.Dispose();
            return Report(messages, path, result);
        }
        catch (OperationCanceledException) when (host.Interrupted.IsCancellationRequested)
        {
            messages.Say("Interrupted: not checked to the end.");
            return ExitCode.Interrupted;
        }
        catch (Exception e)
        {
            return CommandLineApp.Fail(messages, e);
        }
    }

    private static int Report(Messages messages, string path, VerificationResult result)
    {
        // Without a manifest there is nothing to check against, and so no verdict on the file either way.
        if (result.Manifest is not { } manifest)
        {
            messages.Error($"'{path}' could not be checked: {result.Findings.FirstOrDefault(f => !f.Passed)?.Detail ?? "there is no manifest that can be read."}");
            return ExitCode.Failed;
        }
        foreach (var finding in result.Findings.Where(f => !f.Passed || messages.Verbose))
            messages.Say($"{(finding.Passed ? "good" : "WRONG")}  {Text(finding)}");
        if (!result.IsValid)
        {
            messages.Error($"'{path}' is not what its manifest says: {Units.Count(result.Findings.Count(f => !f.Passed), "check")} of {result.Findings.Count} failed.");
            return ExitCode.Incomplete;
        }
        messages.Info($"Valid: {Units.Count(manifest.Counts.Written, "event")} in {Units.Count(manifest.Files.Count, "file")}, {Units.Count(result.Findings.Count, "check")} passed. The export was {manifest.State}.");
        return ExitCode.Complete;
    }

    private static string Text(VerificationFinding finding)
    {
        var values = finding.Passed
            ? finding.Actual
            : string.Join(", ", new[] { finding.Expected is null ? null : $"should be {finding.Expected}", finding.Actual is null ? null : $"is {finding.Actual}" }.OfType<string>());
        return Printable.Line(string.Join(": ", new[] { finding.File, finding.Check, values, finding.Detail }.Where(s => !string.IsNullOrEmpty(s))));
    }
}
