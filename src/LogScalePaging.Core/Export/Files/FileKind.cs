namespace LogScalePaging.Export.Files;

/// <summary>The kind of file under a name.</summary>
internal enum FileKind
{
    /// <summary>Nothing.</summary>
    None,
    /// <summary>A regular file.</summary>
    File,
    /// <summary>A folder.</summary>
    Folder,
    /// <summary>A symbolic link, to any target.</summary>
    Link,
    /// <summary>A named pipe.</summary>
    NamedPipe,
    /// <summary>A device.</summary>
    Device,
    /// <summary>A socket.</summary>
    Socket,
}
