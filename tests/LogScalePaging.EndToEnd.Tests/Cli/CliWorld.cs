using System.Text;
using LogScalePaging.Cli;
using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.LogScale;
using LogScalePaging.Simulator;
using LogScalePaging.Support;

namespace LogScalePaging.EndToEnd.Tests.Cli;

/// <summary>Runs command lines in this process, with a separate simulator with events, a folder and an environment.</summary>
internal sealed class CliWorld : IDisposable
{
    private readonly TestBench _bench;
    private readonly TemporaryFolder _folder = new();
    private readonly CancellationTokenSource _stop = new();

    public CliWorld(int events = 450, int crowd = 0, SimulatorOptions? options = null)
    {
        _bench = new TestBench(options).Fill(events, crowd);
        Environment = new Dictionary<string, string?>
        {
            [ConnectionSettings.BaseUrlVariable] = Server.BaseUrl.AbsoluteUri,
            [ConnectionSettings.RepositoryVariable] = Server.Repository,
            [ConnectionSettings.TokenVariable] = Server.Token,
        };
    }

    public LogScaleSimulator Server => _bench.Server;

    public Dictionary<string, string?> Environment { get; }

    public string Input { get; set; } = "";

    public int? TerminalWidth { get; set; }

    public TimeProvider Time { get; set; } = TimeProvider.System;

    public Stream? Out { get; set; }

    public string Folder => _folder.Path;

    /// <summary>The events that match, newest first.</summary>
    public IEnumerable<string> Expected => Server.Events.Matching(TestBench.Query);

    public string In(string name) => _folder.In(name);

    public string[] Lines(string name) => File.ReadAllLines(In(name));

    /// <summary>Presses Ctrl+C once.</summary>
    public void Interrupt() => _stop.Cancel();

    /// <summary>Runs <c>export -q (the query) -s 1d -o (folder/name) …</c>.</summary>
    public Task<CliOutcome> ExportAsync(string name, params string[] more) =>
        RunAsync(["export", "-q", TestBench.Query, "-s", "1d", "-o", name == "-" ? name : In(name), .. more]);

    public async Task<CliOutcome> RunAsync(params string[] args)
    {
        using var data = new MemoryStream();
        var said = new StringWriter();
        var host = new CliHost
        {
            Out = Out ?? data,
            Error = TextWriter.Synchronized(said),
            OpenInput = () => new StringReader(Input),
            Environment = name => Environment.GetValueOrDefault(name),
            Interrupted = _stop.Token,
            Time = Time,
            ErrorIsTerminal = TerminalWidth is not null,
            Width = () => TerminalWidth ?? 80,
        };
        var code = await CommandLineApp.RunAsync(args, host).WaitAsync(TimeSpan.FromMinutes(2));
        var outcome = new CliOutcome(code, Encoding.UTF8.GetString(data.ToArray()), said.ToString());
        Assert.DoesNotContain(Server.Token, outcome.Error, StringComparison.Ordinal);
        SecretWatch.Look("output", outcome.Out);
        SecretWatch.Look("standard error", outcome.Error);
        Assert.DoesNotContain("   at ", outcome.Error, StringComparison.Ordinal);
        Assert.Equal(0, Server.LiveJobCount);
        return outcome;
    }

    public void Dispose()
    {
        _bench.Dispose();
        _folder.Dispose();
        _stop.Dispose();
    }
}
