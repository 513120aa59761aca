using System.Diagnostics;
using System.Globalization;
using System.Text;
using LogScalePaging.Support;

namespace LogScalePaging.EndToEnd.Tests.Cli;

/// <summary>The built command line in a separate process, for tests of signals, pipes and the working folder.</summary>
internal sealed class CliProcess : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(1);
    private readonly StringBuilder _error = new();
    private readonly StringBuilder _out = new();
    private readonly Process _process;
    private readonly bool _isSimulator;
    private readonly List<(string Words, TaskCompletionSource Said)> _awaited = [];

    public CliProcess(CliWorld world, params string[] args) : this(world, null, args)
    {
    }

    /// <summary>Starts it, by a shell command with <c>$CLI</c> in it where one is given.</summary>
    public CliProcess(CliWorld world, string? shell, string[] args) : this(world.Folder, world.Environment, args, shell)
    {
    }

    /// <summary>Starts it in a folder, with environment variables.</summary>
    public CliProcess(string folder, IReadOnlyDictionary<string, string?> environment, string[] args, string? shell = null)
    {
        var assembly = Path.Combine(AppContext.BaseDirectory, "logscale-paging.dll");
        var start = new ProcessStartInfo(shell is null ? "dotnet" : "/bin/sh")
        {
            WorkingDirectory = folder,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        foreach (var word in shell is null ? [assembly, .. args] : new[] { "-c", shell })
            start.ArgumentList.Add(word);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        start.Environment["CLI"] = $"dotnet {assembly}";
        _process = new Process { StartInfo = start };
        _isSimulator = args is ["simulate", ..];
        _process.OutputDataReceived += (_, line) => Add(_out, line.Data);
        _process.ErrorDataReceived += (_, line) => Add(_error, line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public string Error => Text(_error);

    public string Out => Text(_out);

    /// <summary>Sends a signal by its name, such as <c>INT</c>.</summary>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", ["-" + signal, _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync().WaitAsync(s_limit);
    }

    /// <summary>Pulls the plug: SIGKILL.</summary>
    public void Kill() => _process.Kill();

    /// <summary>Ends when a line with these words has come, on either stream.</summary>
    public Task SaysAsync(string words)
    {
        var said = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_awaited)
        {
            _awaited.Add((words, said));
            if ((Error + Out).Contains(words, StringComparison.Ordinal))
                said.TrySetResult();
        }
        return said.Task;
    }

    public async Task<int> ExitAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(s_limit);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
        // A simulator prints the made-up token that it takes.
        if (!_isSimulator)
        {
            SecretWatch.Look("output", Out);
            SecretWatch.Look("standard error", Error);
        }
        SecretWatch.AssertNone();
    }

    private void Add(StringBuilder text, string? line)
    {
        if (line is null)
            return;
        lock (text)
            text.Append(line).Append('\n');
        lock (_awaited)
        {
            foreach (var (words, said) in _awaited)
            {
                if (line.Contains(words, StringComparison.Ordinal))
                    said.TrySetResult();
            }
        }
    }

    private static string Text(StringBuilder text)
    {
        lock (text)
            return text.ToString();
    }
}
