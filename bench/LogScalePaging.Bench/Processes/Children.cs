using System.Diagnostics;

namespace LogScalePaging.Bench.Processes;

/// <summary>Starts child processes.</summary>
internal static class Children
{
    /// <summary>Starts this program in another role.</summary>
    public static Process StartSelf(params string[] arguments)
    {
        var program = Environment.ProcessPath!;
        // Started as 'dotnet LogScalePaging.Bench.dll', the process is dotnet.
        return Path.GetFileNameWithoutExtension(program) == "dotnet"
            ? Start(program, [typeof(Children).Assembly.Location, .. arguments])
            : Start(program, arguments);
    }

    /// <summary>Starts a program; standard error goes to this one's.</summary>
    public static Process Start(string program, params IEnumerable<string> arguments) =>
        Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false
        });

    /// <summary>Starts a program.</summary>
    public static Process Start(ProcessStartInfo start) =>
        Process.Start(start) ?? throw new BenchException($"{start.FileName} did not start.");

    /// <summary>True if the program exists.</summary>
    public static bool OnPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, program)) || File.Exists(Path.Combine(folder, program + ".exe")));

    /// <summary>Runs a program to its end.</summary>
    /// <returns>The last line of its standard output.</returns>
    public static async Task<string> LastLineAsync(Process process)
    {
        using (process)
        {
            process.StandardInput.Close();
            var output = await process.StandardOutput.ReadToEndAsync().ConfigureAwait(false);
            await process.WaitForExitAsync().ConfigureAwait(false);
            return process.ExitCode == 0
                ? output.TrimEnd().Split('\n')[^1]
                : throw new BenchException($"A child process ended with exit code {process.ExitCode}: {output}");
        }
    }
}
