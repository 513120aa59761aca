using System.Runtime.InteropServices;

namespace LogScalePaging.Core.Tests.Export;

/// <summary>What .NET cannot make on Unix.</summary>
internal static partial class Unix
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

    [LibraryImport("libc", EntryPoint = "mkfifo", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int MakePipe(string path, uint mode);

    [LibraryImport("libc", EntryPoint = "setxattr", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int SetAttribute(string path, string name, byte[] value, nint size, int flags);
}
