using System.Management.Automation;

namespace LogScalePaging.Commands;

/// <summary>Paths as PowerShell means them: relative to its own location, which is not the process' working directory.</summary>
internal static class FilePath
{
    /// <summary>The full path in the file system.</summary>
    /// <exception cref="ArgumentException">The path is not one of the file system.</exception>
    public static string Resolve(PSCmdlet cmdlet, string path)
    {
        string full;
        ProviderInfo provider;
        try
        {
            full = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out provider, out _);
        }
        catch (Exception e) when (e is ItemNotFoundException or System.Management.Automation.DriveNotFoundException or ProviderNotFoundException or NotSupportedException)
        {
            throw new ArgumentException($"'{Printable.Line(path)}' is not a path: {e.Message}", e);
        }
        return provider.Name == "FileSystem"
            ? full
            : throw new ArgumentException($"'{Printable.Line(path)}' is in the provider {provider.Name}; a path in the file system is needed.");
    }
}
