using LogScalePaging.Export.Formats;
using LogScalePaging.Export.Target;
using LogScalePaging.Support;

namespace LogScalePaging.Core.Tests.Export;

/// <summary>A folder for one test, deleted at its end.</summary>
internal sealed class TempFolder : IDisposable
{
    public TempFolder(string? parent = null)
    {
        Root = Path.Combine(parent ?? Path.GetTempPath(), "lsp-" + Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(Root);
    }

    public string Root { get; }

    public string In(string name) => Path.Combine(Root, name);

    public ExportTarget Target(string name = "events.ndjson")
    {
        var format = ExportFormats.FromPath(name, out var compressed);
        return new ExportTarget { Path = In(name), Format = format, Compress = compressed };
    }

    /// <summary>All files except the lock, which other processes cannot read.</summary>
    public void CopyTo(TempFolder other)
    {
        foreach (var file in Directory.GetFiles(Root, "*", SearchOption.AllDirectories).Where(f => Path.GetFileName(f) != "lock"))
        {
            var copy = other.In(Path.GetRelativePath(Root, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    public void Dispose()
    {
        SecretWatch.LookIn(Root);
        Directory.Delete(Root, recursive: true);
        SecretWatch.AssertNone();
    }
}
