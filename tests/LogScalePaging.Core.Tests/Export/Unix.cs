using System.Runtime.InteropServices;

namespace LogScalePaging.Core.Tests.Export;

/// <summary>Makes files that .NET, or .NET Framework, cannot make.</summary>
internal static class Unix
{
    /// <summary>Makes a named pipe.</summary>
    public static string NamedPipe(string path)
    {
        Assert.Equal(0, MakePipe(path, 0x1B6));
        return path;
    }

    /// <summary>Makes a socket that no process listens on.</summary>
    public static string Socket(string path)
    {
        Assert.Equal(0, MakeNode(path, 0xC1B6, 0));
        return path;
    }

    /// <summary>Makes a symbolic link to a file or a folder; the target need not exist.</summary>
    public static string SymbolicLink(string path, string target)
    {
#if NET
        if (Directory.Exists(target))
            Directory.CreateSymbolicLink(path, target);
        else
            File.CreateSymbolicLink(path, target);
#else
        // .NET Framework cannot make a link. These tests run in Mono there, so always on Unix.
        Assert.Equal(0, MakeLink(target, path));
#endif
        return path;
    }

    /// <summary>Gives a folder a default ACL (owner: all, group and others: read); false where the file system has none.</summary>
    public static bool TrySetDefaultAcl(string folder)
    {
        // Version 2, then tag, rights and id of each entry: owner, group, others.
        byte[] acl = [2, 0, 0, 0, .. Entry(1, 7), .. Entry(4, 5), .. Entry(0x20, 5)];
        return SetAttribute(folder, "system.posix_acl_default", acl, acl.Length, 0) == 0;

        static byte[] Entry(byte tag, byte rights) => [tag, 0, rights, 0, 0xFF, 0xFF, 0xFF, 0xFF];
    }

#pragma warning disable SYSLIB1054, CA2101 // .NET Framework has no LibraryImport, and on Unix texts are marshalled as UTF-8
    [DllImport("libc", EntryPoint = "mkfifo", SetLastError = true)]
    private static extern int MakePipe(string path, uint mode);

    [DllImport("libc", EntryPoint = "mknod", SetLastError = true)]
    private static extern int MakeNode(string path, uint mode, ulong device);

#if !NET
    [DllImport("libc", EntryPoint = "symlink", SetLastError = true)]
    private static extern int MakeLink(string target, string path);
#endif

    [DllImport("libc", EntryPoint = "setxattr", SetLastError = true)]
    private static extern int SetAttribute(string path, string name, byte[] value, nint size, int flags);
#pragma warning restore SYSLIB1054, CA2101
}
