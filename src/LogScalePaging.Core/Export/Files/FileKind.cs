namespace LogScalePaging.Export.Files;

/// <summary>What stands under a name in a file system.</summary>
internal enum FileKind
{
    /// <summary>Nothing.</summary>
    None,
    /// <summary>A regular file.</summary>
    File,
    /// <summary>A folder.</summary>
    Folder,
    /// <summary>A symbolic link, whatever it leads to.</summary>
    Link,
    /// <summary>A named pipe.</summary>
    NamedPipe,
    /// <summary>A device.</summary>
    Device,
    /// <summary>A socket.</summary>
    Socket,
}
