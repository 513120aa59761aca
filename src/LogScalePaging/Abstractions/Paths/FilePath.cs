using System.Management.Automation;
using LogScalePaging.Common;
using LogScalePaging.Export.Errors;

namespace LogScalePaging.Commands;

/// <summary>Resolves paths as PowerShell does: relative to its own location, which is not the process' working directory.</summary>
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
        catch (Exception e) when (e is ItemNotFoundException or System.Management.Automation.DriveNotFoundException
            or ProviderNotFoundException or NotSupportedException)
        {
            throw new ArgumentException($"'{Printable.Line(path)}' is not a path: {e.Message}", e);
        }
        return provider.Name == "FileSystem"
            ? full
            : throw new ArgumentException($"'{Printable.Line(path)}' is in the provider {provider.Name}. Use a path in the file system.");
    }

    /// <summary>The matches of a path with wildcards, possibly none; for other paths the full path, even if it does not exist.</summary>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <param name="path">The path.</param>
    /// <param name="isPattern">Whether it has wildcards.</param>
    /// <exception cref="ArgumentException">The path is not one of the file system.</exception>
    /// <exception cref="ExportException">The folder of the path does not exist.</exception>
    public static IReadOnlyList<string> Expand(PSCmdlet cmdlet, string path, out bool isPattern)
    {
        isPattern = WildcardPattern.ContainsWildcardCharacters(path);
        if (!isPattern)
        {
            // Tab completion writes a`[1].json for a[1].json.
            return [Resolve(cmdlet, path.IndexOf('`') < 0 ? path : WildcardPattern.Unescape(path))];
        }
        // Called for its error message: the path may be in another provider, or on a drive that does not exist.
        _ = Resolve(cmdlet, path);
        try
        {
            return cmdlet.SessionState.Path.GetResolvedProviderPathFromPSPath(path, out _);
        }
        catch (ItemNotFoundException e)
        {
            throw new ExportException(ExportErrorKind.FolderMissing, path, $"'{Printable.Line(path)}' matches nothing: {e.Message}", e);
        }
    }
}
