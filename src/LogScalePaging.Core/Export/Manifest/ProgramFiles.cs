using System.Reflection;
using System.Runtime.InteropServices;
using LogScalePaging.Diagnostics;
using LogScalePaging.Export.Files;

namespace LogScalePaging.Export.Manifest;

/// <summary>
/// The files of this program and their hashes: the engine, the assemblies that it needs and has beside it, and the files of the module
/// around it. They are read once per process.
/// </summary>
internal static class ProgramFiles
{
    // The engine is in bin/FRAMEWORK/dependencies of the module.
    private const int Levels = 3;
    private static readonly string[] s_scripts = [".psd1", ".psm1", ".ps1xml"];
    private static readonly Lazy<ManifestProgram> s_current = new(() =>
        new ManifestProgram(RuntimeInformation.FrameworkDescription, RuntimeInformation.OSDescription.Trim(), Read()));

    /// <summary>The program of this process.</summary>
    public static ManifestProgram Current => s_current.Value;

    /// <summary>The files below a folder, sorted by path.</summary>
    /// <param name="engine">The file of the engine.</param>
    /// <param name="needed">Names of the assemblies that the engine needs, without ending.</param>
    internal static IReadOnlyList<ProgramFile> Of(string engine, IEnumerable<string> needed)
    {
        var folder = Path.GetDirectoryName(engine)!;
        var root = Root(folder);
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in needed)
            Add(Path.Combine(folder, name + ".dll"));
        for (var at = folder; ; at = Path.GetDirectoryName(at)!)
        {
            foreach (var file in Directory.GetFiles(at).Where(f => IsOurs(f) || (at == root && root != folder && IsScript(f))))
                Add(file);
            if (at == root)
                break;
        }
        return [.. files.Select(f => new ProgramFile(f.Key, Hash(f.Value)))];

        void Add(string file)
        {
            if (File.Exists(file))
                files[file.Substring(root.Length).TrimStart('\\', '/').Replace('\\', '/')] = file;
        }
    }

    private static IReadOnlyList<ProgramFile> Read()
    {
        try
        {
            var engine = typeof(ToolInfo).Assembly;
            if (engine.Location is { Length: > 0 } path)
                return Of(path, Needed(engine));
            // A program in a single file.
            return System.Diagnostics.Process.GetCurrentProcess().MainModule?.FileName is { } program
                ? [new ProgramFile(Path.GetFileName(program), Hash(program))]
                : [];
        }
        catch (Exception e) when (FileErrors.Is(e))
        {
            return [];
        }
    }

    private static IEnumerable<string> Needed(Assembly engine) => engine.GetReferencedAssemblies().Select(a => a.Name!);

    private static string Root(string folder)
    {
        var at = folder;
        for (var level = 0; level < Levels && Path.GetDirectoryName(at) is { Length: > 0 } parent; level++)
        {
            at = parent;
            if (File.Exists(Path.Combine(at, ToolInfo.Name + ".psd1")))
                return at;
        }
        return folder;
    }

    private static bool IsOurs(string file) =>
        Path.GetFileName(file).StartsWith(ToolInfo.Name, StringComparison.Ordinal) && Path.GetExtension(file) is ".dll" or ".exe";

    private static bool IsScript(string file) => s_scripts.Contains(Path.GetExtension(file));

    private static string? Hash(string file)
    {
        try
        {
            return FileHash.Sha256(file);
        }
        catch (Exception e) when (FileErrors.Is(e))
        {
            return null;
        }
    }
}
