using System.Runtime.InteropServices;
using System.Text;

namespace LogScalePaging.Export.Files;

/// <summary>Facts about a file that Unix knows and .NET does not expose.</summary>
internal static unsafe class UnixFile
{
    private const int CurrentFolder = -100;
    private const int NoFollow = 0x100;
    private const uint TypeAndMode = 3;
    private const int ModeInStatx = 28;
    private const int ModeInMacStat = 4;
    private const int NoSuchFile = 2;
    private const int NotAFolder = 20;
    private static readonly bool s_isLinux = RuntimeInformation.IsOSPlatform(OSPlatform.Linux);
    private static readonly bool s_isMac = RuntimeInformation.IsOSPlatform(OSPlatform.OSX);

    /// <summary>The kind of a file; null if the system cannot be asked.</summary>
    public static FileKind? Kind(string path, bool followLinks)
    {
        if (!s_isLinux && !s_isMac)
            return null;
        try
        {
            var buffer = stackalloc byte[512];
            int result;
            fixed (byte* name = Name(path))
            {
                // The layout of statx is the same on every processor. The layout of stat is not.
                result = s_isLinux
                    ? statx(CurrentFolder, name, followLinks ? 0 : NoFollow, TypeAndMode, buffer)
                    : MacStat(name, followLinks, buffer);
            }
            if (result != 0)
                return Marshal.GetLastWin32Error() is NoSuchFile or NotAFolder ? FileKind.None : null;
            return Of(*(ushort*)(buffer + (s_isLinux ? ModeInStatx : ModeInMacStat)));
        }
        catch (Exception e) when (e is EntryPointNotFoundException or DllNotFoundException)
        {
            // The C library is older than statx (2018).
            return null;
        }
    }

    /// <summary>Whether a folder has a default ACL, which sets the permissions of new files.</summary>
    public static bool HasDefaultAcl(string folder)
    {
        if (!s_isLinux)
            return false;
        try
        {
            fixed (byte* path = Name(folder), attribute = Name("system.posix_acl_default"))
                return getxattr(path, attribute, null, 0) > 0;
        }
        catch (Exception e) when (e is EntryPointNotFoundException or DllNotFoundException)
        {
            return false;
        }
    }

    private static FileKind Of(ushort mode) => (mode & 0xF000) switch
    {
        0x1000 => FileKind.NamedPipe,
        0x2000 or 0x6000 => FileKind.Device,
        0x4000 => FileKind.Folder,
        0xA000 => FileKind.Link,
        0xC000 => FileKind.Socket,
        _ => FileKind.File,
    };

    private static byte[] Name(string text) => Encoding.UTF8.GetBytes(text + "\0");

    private static int MacStat(byte* path, bool followLinks, byte* buffer)
    {
        // On Intel, the plain names have an older layout.
        if (RuntimeInformation.ProcessArchitecture == Architecture.X64)
            return followLinks ? stat64(path, buffer) : lstat64(path, buffer);
        return followLinks ? stat(path, buffer) : lstat(path, buffer);
    }

#pragma warning disable IDE1006, SYSLIB1054 // The names are the system's; source-generated imports are not in netstandard2.0.
    [DllImport("libc", SetLastError = true)]
    private static extern int statx(int folder, byte* path, int flags, uint mask, byte* buffer);

    [DllImport("libc", SetLastError = true)]
    private static extern nint getxattr(byte* path, byte* name, byte* value, nuint size);

    [DllImport("libc", SetLastError = true)]
    private static extern int stat(byte* path, byte* buffer);

    [DllImport("libc", SetLastError = true)]
    private static extern int lstat(byte* path, byte* buffer);

    [DllImport("libc", SetLastError = true, EntryPoint = "stat$INODE64")]
    private static extern int stat64(byte* path, byte* buffer);

    [DllImport("libc", SetLastError = true, EntryPoint = "lstat$INODE64")]
    private static extern int lstat64(byte* path, byte* buffer);
#pragma warning restore IDE1006, SYSLIB1054
}
