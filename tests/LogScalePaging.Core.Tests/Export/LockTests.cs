using LogScalePaging.Core.Tests.Support;
using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Store;

namespace LogScalePaging.Core.Tests.Export;

public class LockTests
{
    private const string Hold = """
        import fcntl, sys
        f = open(sys.argv[1], 'r+')
        fcntl.flock(f, fcntl.LOCK_EX | fcntl.LOCK_NB)
        print('held', flush=True)
        sys.stdin.read()
        """;

    [Fact]
    public void ARunWithoutEvents_LeavesNothing_WhenItsProcessEnds()
    {
        using var folder = new TempFolder();
        var target = folder.Target();
        var path = target.Path;
        EmptyExport.Remove(path);
        using (ExportStore.Create(target, Make.State()))
        {
            if (!OperatingSystem.IsWindows())
            {
                EmptyExport.Remove(path);
                Assert.False(Directory.Exists(target.PartialPath));
            }
        }
        using (var store = ExportStore.Create(target with { Force = true }, Make.State()))
        {
            // Files of another process must not be deleted.
            var owner = Path.Combine(target.PartialPath, "lock.owner");
            var self = File.ReadAllText(owner);
            File.WriteAllText(owner, "process 1 (other) on elsewhere");
            EmptyExport.Remove(path);
            Assert.True(ExportStore.Exists(target));
            File.WriteAllText(owner, self);
            store.AddPart("a", Make.Events(1));
            EmptyExport.Remove(path);
        }
        using var resumed = Stores.Resume(target);
        Assert.Equal(1, resumed.State.Rows);
    }

    [Fact]
    public void ASecondRun_IsRefusedWithTheNameOfTheFirstProcess()
    {
        using var folder = new TempFolder();
        var target = folder.Target();
        using (var store = ExportStore.Create(target, Make.State()))
        {
            foreach (var attempt in new Func<ExportStore>[]
            {
                () => ExportStore.Create(target, Make.State()),
                () => ExportStore.Create(target with { Force = true }, Make.State()),
                () => Stores.Resume(target),
            })
            {
                var error = Assert.Throws<ExportException>(attempt);
                Assert.Equal(ExportErrorKind.Locked, error.Kind);
                Assert.Contains($"process {Environment.ProcessId} ", error.Message, StringComparison.Ordinal);
                Assert.Contains(Environment.MachineName, error.Message, StringComparison.Ordinal);
            }
            store.AddPart("a", Make.Events(1));
        }
        using var resumed = Stores.Resume(target);
        Assert.Equal(1, resumed.State.Rows);
    }

    [FactExcept(Runs.Mono, Differences.NoFileLock, "python3", "-c", "import fcntl")]
    public void ALiveProcessHoldsTheLock_AndADeadOneDoesNot()
    {
        using var folder = new TempFolder();
        var target = folder.Target();
        ExportStore.Create(target, Make.State()).Dispose();
        using var process = Tools.Start("python3", "-c", Hold, Path.Combine(target.PartialPath, "lock"));
        Assert.Equal("held", process.StandardOutput.ReadLine());
        Assert.Equal(ExportErrorKind.Locked, Assert.Throws<ExportException>(() => Stores.Resume(target)).Kind);
        process.Kill();
        Assert.True(process.WaitForExit(60_000));
        using var store = Stores.Resume(target);
        Assert.True(File.Exists(Path.Combine(target.PartialPath, "lock")));
    }

    [FactExcept(Runs.Mono, Differences.NoFileLock, "python3", "-c", "import fcntl")]
    public void AnotherProcess_CannotTakeTheLockOfARun()
    {
        using var folder = new TempFolder();
        var target = folder.Target();
        using var store = ExportStore.Create(target, Make.State());
        var (exitCode, output) = Tools.Run("python3", "-c", Hold, Path.Combine(target.PartialPath, "lock"));
        Assert.NotEqual(0, exitCode);
        Assert.Contains("BlockingIOError", output, StringComparison.Ordinal);
    }
}
