using System.Runtime.Versioning;
using LogScalePaging.Diagnostics;
using LogScalePaging.Export.Store;
using LogScalePaging.Export.Target;

namespace LogScalePaging.Core.Tests.Export;

/// <summary>Who may read an export: its owner, unless the folder or the file that it replaces says otherwise.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class FileModeTests : IDisposable
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Readable = Private | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, int?> Outputs => new() { { "x.json", null }, { "x.ndjson", null }, { "x.csv.gz", null },
        { "x.ndjson", 2 } };

    [LinuxTheory]
    [MemberData(nameof(Outputs))]
    public void EverythingIsPrivate(string name, int? maxFileEvents)
    {
        var target = _folder.Target(name) with { MaxFileEvents = maxFileEvents };
        var modes = new HashSet<(bool IsFolder, UnixFileMode Mode)>();
        Run(target, () => modes.UnionWith(Directory.GetFileSystemEntries(_folder.Root, "*", SearchOption.AllDirectories)
            .Select(f => (Directory.Exists(f), File.GetUnixFileMode(f)))));
        Assert.Equal([(false, Private), (true, Private | UnixFileMode.UserExecute)], modes.Order());
    }

    [LinuxTheory]
    [MemberData(nameof(Outputs))]
    public void InAFolderWithSetgid_TheUmaskDecides(string name, int? maxFileEvents)
    {
        File.SetUnixFileMode(_folder.Root, File.GetUnixFileMode(_folder.Root) | UnixFileMode.SetGroup);
        AssertAsAnyOther(_folder.Target(name) with { MaxFileEvents = maxFileEvents });
    }

    [LinuxTheory]
    [MemberData(nameof(Outputs))]
    public void InAFolderWithADefaultAcl_TheAclDecides(string name, int? maxFileEvents)
    {
        // Where the file system has no ACLs, the folder is a plain one.
        if (!Unix.TrySetDefaultAcl(_folder.Root))
            EverythingIsPrivate(name, maxFileEvents);
        else
            AssertAsAnyOther(_folder.Target(name) with { MaxFileEvents = maxFileEvents });
    }

    [LinuxTheory]
    [MemberData(nameof(Outputs))]
    public void Force_KeepsTheModeOfWhatItReplaces(string name, int? maxFileEvents)
    {
        var target = _folder.Target(name) with { MaxFileEvents = maxFileEvents, Force = true };
        Run(target, events: 4);
        foreach (var file in Directory.GetFiles(_folder.Root))
            File.SetUnixFileMode(file, file == target.ManifestPath ? Readable | UnixFileMode.GroupWrite : Readable);
        // More files than before: the new ones are read by the same programs.
        Run(target, events: 9);
        Assert.Equal(maxFileEvents is null ? 3 : 7, Directory.GetFiles(_folder.Root).Length);
        Assert.All(Directory.GetFiles(_folder.Root), file =>
            Assert.Equal(file == target.ManifestPath ? Readable | UnixFileMode.GroupWrite : Readable, File.GetUnixFileMode(file)));
    }

    [LinuxTheory]
    [MemberData(nameof(Outputs))]
    public void Force_KeepsTheModeOfAPrivateFileInASharedFolder(string name, int? maxFileEvents)
    {
        File.SetUnixFileMode(_folder.Root, File.GetUnixFileMode(_folder.Root) | UnixFileMode.SetGroup);
        var target = _folder.Target(name) with { MaxFileEvents = maxFileEvents, Force = true };
        Run(target);
        foreach (var file in Directory.GetFiles(_folder.Root))
            File.SetUnixFileMode(file, Private);
        Run(target);
        Assert.All(Directory.GetFiles(_folder.Root), file => Assert.Equal(Private, File.GetUnixFileMode(file)));
    }

    [LinuxFact]
    public void PartsOfAnOlderVersion_DoNotMakeAReadableOutput()
    {
        var target = _folder.Target("x.ndjson");
        Run(target, () => Array.ForEach(Directory.GetFiles(_folder.Root, "part-*", SearchOption.AllDirectories), f =>
            File.SetUnixFileMode(f, Readable)));
        Assert.Equal(Private, File.GetUnixFileMode(target.Path));
    }

    private void AssertAsAnyOther(ExportTarget target)
    {
        var other = _folder.In("other");
        File.WriteAllText(other, "");
        var mode = File.GetUnixFileMode(other);
        Assert.NotEqual(Private, mode);
        Run(target);
        Assert.All(Directory.GetFiles(_folder.Root), file => Assert.Equal(mode, File.GetUnixFileMode(file)));
    }

    private static void Run(ExportTarget target, Action? step = null, int events = 5)
    {
        using var store = ExportStore.Create(target, Make.State(), _ => step?.Invoke());
        store.AddPart("a", Make.Events(events), done: true);
        store.Assemble(new SignalLog(), null, CancellationToken.None, f => Make.Manifest(target, store.State, f));
        store.Complete();
    }
}
