using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using LogScalePaging.Cli.Commands;
using LogScalePaging.Cli.Output;
using LogScalePaging.Common;
using LogScalePaging.Diagnostics;

namespace LogScalePaging.Cli;

/// <summary>The commands and their shared parts: parsing, help, error messages and exit codes.</summary>
internal static class CommandLineApp
{
    /// <summary>The name of the program.</summary>
    public const string Name = "logscale-paging";

    private static readonly ParserConfiguration s_parser = new()
    {
        // Queries often begin with '@'. As response files, they would be read from disk.
        ResponseFileTokenReplacer = null,
    };

    /// <summary>Runs a command line.</summary>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, CliHost host)
    {
        var messages = new Messages(host, quiet: false, verbose: false);
        var output = new StreamWriter(host.Out, leaveOpen: true) { AutoFlush = true };
        await using var _ = output.ConfigureAwait(false);
        try
        {
            var parsed = Parse(args, host);
            if (args.Count == 0)
            {
                Root(host).Parse(["--help"], s_parser).Invoke(Invocation(host.Error, host));
                return ExitCode.Usage;
            }
            if (parsed.Action is ParseErrorAction)
                return Misused(parsed, messages);
            return await parsed.InvokeAsync(Invocation(output, host), host.Interrupted).ConfigureAwait(false);
        }
        catch (IOException e) when (StandardOutput.IsBrokenPipe(e))
        {
            return ExitCode.Complete;
        }
        catch (Exception e)
        {
            return Fail(messages, e);
        }
    }

    /// <summary>Reads a command line, without running it.</summary>
    internal static ParseResult Parse(IReadOnlyList<string> args, CliHost host) => Root(host).Parse(args, s_parser);

    /// <summary>Prints what went wrong and returns the exit code for it.</summary>
    public static int Fail(Messages messages, Exception e)
    {
        messages.Error(ErrorText.Of(e));
        if (messages.Verbose && ErrorText.IsUnexpected(e))
            messages.Detail(e.ToString());
        return ErrorText.ExitCodeOf(e);
    }

    /// <summary>Gives a command its action, and examples below its help.</summary>
    public static Command WithExamples(CliHost host, Command command, string examples,
        Func<ParseResult, CancellationToken, Task<int>> action)
    {
        command.SetAction(action);
        command.Add(Help(host, examples.Replace("{0}", Name, StringComparison.Ordinal)));
        return command;
    }

    private static RootCommand Root(CliHost host)
    {
        var root = new RootCommand("Retrieve every record that a query matches, and prove it with a count.");
        root.Options.Clear();
        root.Directives.Clear();
        root.Add(Help(host, $"Each command has its own help with examples: {Name} export --help"));
        root.Add(new VersionOption { Action = new Print($"{Name} {ToolInfo.Version}"), Description = "Show the version." });
        root.Add(new ExportCommand(host).Create());
        root.Add(new VerifyCommand(host).Create());
        root.Add(new TimestampCommand(host).Create());
        root.Add(new PlanCommand(host).Create());
        root.Add(new SliceCommand(host).Create());
        root.Add(new MergeCommand(host).Create());
        root.Add(new SimulateCommand(host).Create());
        return root;
    }

    private static HelpOption Help(CliHost host, string below)
    {
        var option = new HelpOption("--help", "-h", "-?") { Description = "Show this." };
        var builtIn = (HelpAction)option.Action!;
        builtIn.MaxWidth = host.OutIsTerminal ? host.Width() : 100;
        option.Action = new HelpWithExamples(builtIn, below);
        return option;
    }

    private static InvocationConfiguration Invocation(TextWriter output, CliHost host) => new()
    {
        Output = output,
        Error = host.Error,
        EnableDefaultExceptionHandler = false,
        // This program handles signals itself. The library would end the process while jobs are still on the server.
        ProcessTerminationTimeout = null,
    };

    private static int Misused(ParseResult parsed, Messages messages)
    {
        var command = parsed.CommandResult.Command;
        var isRoot = command is RootCommand;
        foreach (var message in isRoot ? [NoCommand(parsed)] : Misuses(parsed).Distinct())
            messages.Error(message);
        messages.Say($"See {Name} {(isRoot ? "" : command.Name + " ")}--help");
        return ExitCode.Usage;
    }

    // The library repeats every unknown word. The word after an unknown option may be a secret, and the message may be sent by cron's
    // mail.
    private static IEnumerable<string> Misuses(ParseResult parsed)
    {
        var unknown = parsed.UnmatchedTokens;
        foreach (var error in parsed.Errors.Where(e => !unknown.Any(t => e.Message.Contains($"'{t}'", StringComparison.Ordinal))))
            yield return error.Message;
        for (var i = 0; i < unknown.Count; i++)
        {
            if (unknown[i].StartsWith('-'))
                yield return $"'{Printable.Line(unknown[i].Split('=')[0])}' is not an option.";
            else if (i == 0 || !unknown[i - 1].StartsWith('-'))
                yield return $"'{Printable.Line(unknown[i])}' does not belong to an option. A value with spaces needs quotes.";
        }
    }

    private static string NoCommand(ParseResult parsed)
    {
        var first = parsed.UnmatchedTokens.Count > 0 ? parsed.UnmatchedTokens[0] : "";
        // The published script has no commands, so its users often forget the command at first.
        return first.StartsWith('-')
            ? $"The command is missing before the options: {Name} export {Printable.Line(first)} ..."
            : $"'{Printable.Line(first)}' is not a command. The commands are "
                + $"{string.Join(", ", parsed.CommandResult.Command.Subcommands.Select(c => c.Name))}.";
    }

    private sealed class HelpWithExamples(HelpAction builtIn, string below) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            builtIn.Invoke(parseResult);
            parseResult.InvocationConfiguration.Output.WriteLine(below);
            return ExitCode.Complete;
        }
    }

    private sealed class Print(string text) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            parseResult.InvocationConfiguration.Output.WriteLine(text);
            return ExitCode.Complete;
        }
    }
}
