using System.CommandLine;
using LogScalePaging.Cli.Output;

namespace LogScalePaging.Cli.Options;

/// <summary>The options for the amount of output.</summary>
internal sealed class TalkOptions
{
    private readonly Option<bool> _quiet = new("--quiet")
    {
        Description = "Print only warnings, errors and results that are not Complete.",
    };
    private readonly Option<bool> _verbose = new("--verbose", "-v") { Description = "Print a line for every request and every decision." };

    public void AddTo(Command command)
    {
        command.Add(_quiet);
        command.Add(_verbose);
    }

    /// <summary>The messages, with the requested amount of output.</summary>
    public Messages Messages(ParseResult parsed, CliHost host) => new(host, parsed.GetValue(_quiet), parsed.GetValue(_verbose));
}
