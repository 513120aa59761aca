namespace LogScalePaging.Cli;

/// <summary>The environment of a command: streams, variables, terminal and clock. Tests pass their own.</summary>
internal sealed class CliHost
{
    /// <summary>Standard output: data only, as bytes.</summary>
    public required Stream Out { get; init; }

    /// <summary>Standard error: messages, progress, summaries.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>
    /// Opens standard input, for a token. It is opened only when it is needed, because .NET then sets a terminal up for line editing.
    /// </summary>
    public required Func<TextReader> OpenInput { get; init; }

    /// <summary>Reads an environment variable.</summary>
    public required Func<string, string?> Environment { get; init; }

    /// <summary>Cancelled by Ctrl+C and similar signals.</summary>
    public required CancellationToken Interrupted { get; init; }

    /// <summary>Registers an action to run right before a second Ctrl+C ends the process.</summary>
    public Action<Action> BeforeEnd { get; init; } = _ => { };

    /// <summary>Whether data goes to a terminal.</summary>
    public bool OutIsTerminal { get; init; }

    /// <summary>Whether data goes to another program.</summary>
    public bool OutIsPipe { get; init; }

    /// <summary>Whether messages go to a terminal.</summary>
    public bool ErrorIsTerminal { get; init; }

    /// <summary>Current width of the terminal in columns. It can be resized.</summary>
    public Func<int> Width { get; init; } = () => 80;

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The same environment with only these environment variables.</summary>
    public CliHost With(IReadOnlyList<(string Name, string Value)> variables) => new()
    {
        Out = Out,
        Error = Error,
        OpenInput = OpenInput,
        Environment = name => variables.Where(v => v.Name == name).Select(v => v.Value).FirstOrDefault(),
        Interrupted = Interrupted,
        BeforeEnd = BeforeEnd,
        OutIsTerminal = OutIsTerminal,
        OutIsPipe = OutIsPipe,
        ErrorIsTerminal = ErrorIsTerminal,
        Width = Width,
        Time = Time,
    };

    /// <summary>The environment of this process.</summary>
    public static CliHost OfProcess(Interruption interruption) => new()
    {
        Out = StandardOutput.Open(out var isPipe),
        OutIsPipe = isPipe,
        Error = OpenError(),
        OpenInput = () => Console.In,
        Environment = System.Environment.GetEnvironmentVariable,
        Interrupted = interruption.Token,
        BeforeEnd = interruption.BeforeEnd,
        OutIsTerminal = !Console.IsOutputRedirected,
        ErrorIsTerminal = !Console.IsErrorRedirected,
        Width = TerminalWidth,
    };

    // Console.Error would first set a Unix terminal to application mode, which is for programs that read keys.
    private static TextWriter OpenError()
    {
        if (OperatingSystem.IsWindows())
            return Console.Error;
        return StandardHandle.IsGiven(StandardHandle.Error)
            ? TextWriter.Synchronized(
                new StreamWriter(Console.OpenStandardError(), new System.Text.UTF8Encoding(false)) { AutoFlush = true })
            : TextWriter.Null;
    }

    private static int TerminalWidth()
    {
        try
        {
            return Console.WindowWidth is > 0 and var width ? width : 80;
        }
        catch (IOException)
        {
            return 80;
        }
    }
}
