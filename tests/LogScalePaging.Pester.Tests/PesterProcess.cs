using System.Diagnostics;
using System.IO.Pipes;
using System.Text;
using LogScalePaging.Support;

namespace LogScalePaging.Pester.Tests;

/// <summary>
/// A PowerShell process that runs one file of Pester tests after another. Starting PowerShell, Pester and the module for each file takes
/// longer than most files do. After a file that fails, or that ends the process, the next file gets a new process.
/// </summary>
public sealed class PesterProcess : IAsyncLifetime, IAsyncDisposable
{
    private readonly string _endMark = $"end of the file {Guid.NewGuid():N}";
    private Process? _process;
    private NamedPipeServerStream? _requests;
    private StringBuilder _errors = new();
    private TaskCompletionSource _errorsEnd = new();

    Task IAsyncLifetime.InitializeAsync() => Task.CompletedTask;

    Task IAsyncLifetime.DisposeAsync() => EndAsync();

    /// <summary>Ends the process.</summary>
    public async ValueTask DisposeAsync() => await EndAsync();

    /// <summary>Runs a file.</summary>
    /// <param name="file">Its path.</param>
    /// <param name="result">The file for the totals, see <c>Child.ps1</c>.</param>
    /// <param name="limit">The process is stopped after this time.</param>
    /// <returns>The exit code, and what was written to both streams.</returns>
    public async Task<(int ExitCode, string Output)> RunAsync(string file, string result, TimeSpan limit)
    {
        var output = new StringBuilder();
        int? code = null;
        _errorsEnd = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            await StartAsync().WaitAsync(limit);
            await _requests!.WriteAsync(Encoding.UTF8.GetBytes($"{file}\t{result}\n"));
            var said = await ReadAsync(output).WaitAsync(limit);
            if (said is not null)
                await _errorsEnd.Task.WaitAsync(limit);
            code = said;
        }
        catch (Exception e) when (e is TimeoutException or IOException)
        {
            output.Append(e is TimeoutException ? $"It did not end within {limit}." : e.Message).Append('\n');
        }
        var ended = code is null or not 0 ? await EndAsync() : 0;
        lock (_errors)
        {
            output.Append(_errors);
            _errors.Clear();
        }
        return (code ?? (ended == 0 ? -1 : ended), output.ToString());
    }

    private async Task StartAsync()
    {
        if (_process is not null)
            return;
        var name = $"pester-{Guid.NewGuid():N}";
        _requests = new NamedPipeServerStream(name, PipeDirection.Out);
        _process = Process.Start(RestoredPowerShell.StartInfo("-File", Path.Combine(PesterSuite.Folder, "Child.ps1"),
            RestoredPowerShell.Pester, RestoredPowerShell.Module, "-Pipe", name, "-EndMark", _endMark))!;
        _process.StandardInput.Close();
        var errors = _errors = new StringBuilder();
        _process.ErrorDataReceived += (_, e) =>
        {
            if (e.Data?.StartsWith(_endMark, StringComparison.Ordinal) == true)
            {
                _errorsEnd.TrySetResult();
                return;
            }
            lock (errors)
                errors.Append(e.Data).Append('\n');
        };
        _process.BeginErrorReadLine();
        var connected = _requests.WaitForConnectionAsync();
        if (await Task.WhenAny(connected, _process.WaitForExitAsync()) != connected)
            throw new IOException("PowerShell ended before it asked for a file.");
        await connected;
    }

    // Null when the process ends before the file does.
    private async Task<int?> ReadAsync(StringBuilder output)
    {
        while (await _process!.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith(_endMark, StringComparison.Ordinal))
                return int.Parse(line.AsSpan(_endMark.Length), System.Globalization.CultureInfo.InvariantCulture);
            output.Append(line).Append('\n');
        }
        return null;
    }

    // The process ends when it finds no further request.
    private async Task<int> EndAsync()
    {
        if (_process is not { } process)
            return 0;
        _process = null;
        await _requests!.DisposeAsync();
        try
        {
            await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }
        var code = process.ExitCode;
        process.Dispose();
        return code;
    }
}
