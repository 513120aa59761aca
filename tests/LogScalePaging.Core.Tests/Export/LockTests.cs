using LogScalePaging.Core.Tests.Support;
using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Files;
using LogScalePaging.Export.Formats;
using LogScalePaging.Export.Schedules;
using LogScalePaging.Export.State;
using LogScalePaging.Export.Store;
using LogScalePaging.Export.Target;

namespace LogScalePaging.Core.Tests.Export;

public class LockTests
{
    private const string Hold = """
        import fcntl, sys
        f = open(sys.argv[1], 'a')
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

    [Fact]
    public void FilesOfAProcessThatWasKilled_AreTakenOver_AndDeletedWithTheLock()
    {
        using var folder = new TempFolder();
        var target = folder.Target();
        using (var first = ExportStore.Create(target, Make.State()))
            first.AddPart("a", Make.Events(1));
        File.WriteAllText(Path.Combine(target.PartialPath, "lock"), "");
        File.WriteAllText(Path.Combine(target.PartialPath, "lock.owner"), "process 1 (other) on elsewhere");
        using (var resumed = Stores.Resume(target))
        {
            Assert.Equal(1, resumed.State.Rows);
            Assert.StartsWith($"process {Environment.ProcessId} ", File.ReadAllText(Path.Combine(target.PartialPath, "lock.owner")),
                StringComparison.Ordinal);
        }
        Assert.Equal(["checkpoint.json", "part-a-000001.ndjson"], Directory.GetFiles(target.PartialPath).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void TheLockOfAWatermarkFile_IsDeletedWhenItIsReleased()
    {
        using var folder = new TempFolder();
        var path = Path.Combine(folder.Root, "x.state");
        using (WatermarkFile.Open(path))
            Assert.Equal(ExportErrorKind.Locked, Assert.Throws<ExportException>(() => WatermarkFile.Open(path)).Kind);
        Assert.Empty(Directory.GetFiles(folder.Root));
    }

    [Theory]
    [InlineData(".lock")]
    [InlineData(".lock.owner")]
    public void AFileOfTheUserWithANameOfTheLockOfAWatermarkFile_IsRefusedAndKept(string ending)
    {
        using var folder = new TempFolder();
        var path = Path.Combine(folder.Root, "x.state");
        File.WriteAllText(path + ending, "mine");
        var error = Assert.Throws<ExportException>(() => WatermarkFile.Open(path));
        Assert.Equal(ExportErrorKind.BadPath, error.Kind);
        Assert.Contains($"'{path}{ending}'", error.Message, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(Assert.Single(Directory.GetFiles(folder.Root))));
    }

    [Theory]
    [InlineData("process 1 (other) on elsewhere")]
    [InlineData("")]
    public void TheLockOfAWatermarkFile_OfAProcessThatWasKilled_IsTakenOver(string owner)
    {
        using var folder = new TempFolder();
        var path = Path.Combine(folder.Root, "x.state");
        File.WriteAllText(path + ".lock", "");
        File.WriteAllText(path + ".lock.owner", owner);
        using (WatermarkFile.Open(path))
            Assert.StartsWith($"process {Environment.ProcessId} ", File.ReadAllText(path + ".lock.owner"), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder.Root));
    }

    [Fact]
    public void AFileThatAnotherProcessDeleted_HasNoContent()
    {
        using var folder = new TempFolder();
        var path = Path.Combine(folder.Root, "lock");
        Assert.False(FileKinds.HasContent(path));
        File.WriteAllText(path, "");
        Assert.False(FileKinds.HasContent(path));
        File.WriteAllText(path, "mine");
        Assert.True(FileKinds.HasContent(path));
    }

    [Fact]
    public void AFolderThatCannotBeRead_DoesNotKeepTheLock()
    {
        using var folder = new TempFolder();
        var path = Path.Combine(folder.Root, "x.lock");
        Take(() => throw new UnauthorizedAccessException()).Dispose();
        Assert.Equal([path + ".owner"], Directory.GetFiles(folder.Root));
        Take(() => false).Dispose();
        Assert.Empty(Directory.GetFiles(folder.Root));

        ExportLock Take(Func<bool> keepsOwner) => ExportLock.Take(path, path + ".owner",
            new FileGuard(new ExportTarget { Path = path, Format = ExportFormat.Json }),
            owner => new ExportException(ExportErrorKind.Locked, path, owner), keepsOwner);
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(false, 100)]
    [InlineData(true, 100)]
    public void AFolderWithADamagedCheckpoint_IsStillKnownAsOurs(bool released, int left)
    {
        using var folder = new TempFolder();
        var target = folder.Target();
        using (var first = ExportStore.Create(target, Make.State()))
        {
            first.AddPart("a", Make.Events(1));
            if (!released)
                Cut(left);
        }
        if (released)
            Cut(left);
        Assert.Equal(ExportErrorKind.Damaged, Assert.Throws<ExportException>(() => Stores.Resume(target)).Kind);
        using (var again = ExportStore.Create(target with { Force = true }, Make.State()))
            again.Delete();
        Assert.False(Directory.Exists(target.PartialPath));

        void Cut(int left)
        {
            var path = Path.Combine(target.PartialPath, "checkpoint.json");
            File.WriteAllText(path, File.ReadAllText(path).Substring(0, left));
        }
    }

    [FactExcept(Runs.Mono, Differences.NoFileLock)]
    public async Task ManyThatTakeAndReleaseTheLock_NeverHoldItTogether()
    {
        using var folder = new TempFolder();
        var path = Path.Combine(folder.Root, "x.lock");
        var guard = new FileGuard(new ExportTarget { Path = path, Format = ExportFormat.Json });
        var (holders, taken, together) = (0, 0, 0);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 500; i++)
            {
                try
                {
                    using var held = ExportLock.Take(path, path + ".owner", guard,
                        owner => new ExportException(ExportErrorKind.Locked, path, owner));
                    if (Interlocked.Increment(ref holders) > 1)
                        Interlocked.Increment(ref together);
                    Interlocked.Increment(ref taken);
                    Interlocked.Decrement(ref holders);
                }
                catch (ExportException e) when (e.Kind == ExportErrorKind.Locked)
                {
                }
            }
        })));
        Assert.True(taken > 0);
        Assert.Equal(0, together);
        Assert.Empty(Directory.GetFiles(folder.Root));
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
