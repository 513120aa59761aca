using System.Runtime.InteropServices;

namespace LogScalePaging.Core.Tests.Export;

/// <summary>What .NET cannot make on Unix.</summary>
internal static class Unix
{
    /// <summary>Makes a named pipe.</summary>
    public static string NamedPipe(string path)
    {
        Assert.Equal(0, MakePipe(path, 0x1B6));
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

    [DllImport("libc", EntryPoint = "setxattr", SetLastError = true)]
    private static extern int SetAttribute(string path, string name, byte[] value, nint size, int flags);
#pragma warning restore SYSLIB1054, CA2101
}
