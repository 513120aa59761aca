using System.CommandLine;
using LogScalePaging.Cli.Options;
using LogScalePaging.Diagnostics;
using LogScalePaging.Export.Runs;

namespace LogScalePaging.Cli.Commands;

/// <summary><c>timestamp</c>: adds a timestamp to exports that are finished.</summary>
internal sealed class TimestampCommand(CliHost host)
{
    private const string Examples =
        """
        Add a timestamp to an export whose authority was out of reach when it ended:
          {0} timestamp events.json --timestamp-server https://timestamp.example.com

        Check it, also without this program:
          {0} verify events.json --require-timestamp --timestamp-trust authority.pem
          openssl ts -verify -data events.json.manifest.json -in events.json.manifest.json.tsr -CAfile authority.pem

        Exit codes: 0 the export has a timestamp, 1 failed, 2 wrong usage, 130 interrupted.
        """;

    private readonly Argument<string[]> _files = new("FILE")
    {
        Description = "The output, one of its files, or its manifest. Several are allowed.",
        Arity = ArgumentArity.OneOrMore,
    };
    private readonly TimestampOptions _timestamp = new();
    private readonly TalkOptions _talk = new();

    /// <summary>The command.</summary>
    public Command Create()
    {
        var command = new Command("timestamp", "Add a timestamp (RFC 3161) to exports that are finished. They are checked before.");
        command.Add(_files);
        _timestamp.AddTo(command, required: true);
        _talk.AddTo(command);
        return CommandLineApp.WithExamples(host, command, Examples, (parsed, _) => RunAsync(parsed));
    }

    private async Task<int> RunAsync(ParseResult parsed)
    {
        var messages = _talk.Messages(parsed, host);
        var code = ExitCode.Complete;
        foreach (var path in parsed.GetRequiredValue(_files))
        {
            try
            {
                var signals = new SignalLog(host.Time);
                signals.Emitted += signal => messages.Tell(signal);
                var result = await ExportTimestamp.AddAsync(path, _timestamp.Read(parsed)!, signals,
                    host.Interrupted).ConfigureAwait(false);
                messages.Info($"'{path}' has a timestamp: {result.TimestampPath}");
            }
            catch (OperationCanceledException) when (host.Interrupted.IsCancellationRequested)
            {
                messages.Say("Interrupted. The export is unchanged.");
                return ExitCode.Interrupted;
            }
            catch (UsageException e)
            {
                return CommandLineApp.Fail(messages, e);
            }
            catch (Exception e)
            {
                code = Math.Max(code, CommandLineApp.Fail(messages, e));
            }
        }
        return code;
    }
}
