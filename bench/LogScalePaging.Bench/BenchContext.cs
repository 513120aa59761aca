using System.Runtime.InteropServices;

namespace LogScalePaging.Bench;

/// <summary>The environment of a benchmark.</summary>
/// <param name="Quick">True for a tenth of the events, without a verdict.</param>
/// <param name="PsFalcon">Path of the module PSFalcon, which one benchmark compares with; null for none.</param>
internal sealed record BenchContext(bool Quick, string? PsFalcon = null)
{
    /// <summary>The folder of the solution: scripts and the module are found from it.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>A number of events, or a tenth of it.</summary>
    public int Scaled(int events) => Quick ? Math.Max(1, events / 10) : events;

    /// <summary>Reports the progress of a benchmark.</summary>
    public static void Tell(string line) => Console.Error.WriteLine("  " + line);

    /// <summary>
    /// Waits until the machine is idle, because files that a run wrote and deleted keep disk and memory busy for a while, which would slow
    /// the next run. Then it allocates memory for the files of a run and frees it: the host of a virtual machine takes back unused memory,
    /// and getting it again takes three times as long as the write. Without both steps, results differ by a factor of two.
    /// </summary>
    public static async Task RestAsync()
    {
        await Task.Delay(TimeSpan.FromSeconds(5), TimeProvider.System, CancellationToken.None).ConfigureAwait(false);
        TouchMemory(1_500_000_000);
    }

    private static unsafe void TouchMemory(nuint bytes)
    {
        var memory = (byte*)NativeMemory.Alloc(bytes);
        for (nuint at = 0; at < bytes; at += 4096)
            memory[at] = 1;
        NativeMemory.Free(memory);
    }

    /// <summary>A folder for the output of a run. Disposing it deletes it.</summary>
    public static ScratchFolder Scratch() => new();

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "LogScalePaging.sln")))
                return folder.FullName;
        }
        return Environment.CurrentDirectory;
    }

    internal sealed class ScratchFolder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("logscale-paging-bench-").FullName;

        public string In(string name) => System.IO.Path.Combine(Path, name);

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}

/// <summary>A benchmark cannot run here, and why.</summary>
internal sealed class SkippedException(string why) : Exception(why);

/// <summary>A benchmark failed, and why.</summary>
internal sealed class BenchException(string what) : Exception(what);
