using System.Text.Json;
using LogScalePaging.Common;
using LogScalePaging.Diagnostics;
using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Files;
using LogScalePaging.Json;

namespace LogScalePaging.Export.Manifest;

/// <summary>
/// Reads manifests. If one cannot be read, the message says why in plain words, because the parser's message is about its code.
/// </summary>
internal static class ManifestReader
{
    /// <exception cref="ExportException">There is no manifest, or it cannot be read.</exception>
    public static ExportManifest Load(string path)
    {
        try
        {
            if (FileKinds.Behind(path) is var kind && kind is not (FileKind.None or FileKind.File or FileKind.Folder))
                throw Unreadable(path, $"it is {FileKinds.Name(kind)}, not a regular file");
            var bytes = File.ReadAllBytes(path);
            if (bytes.Length == 0)
                throw Unreadable(path, "it is empty");
            var manifest = JsonSerializer.Deserialize<ExportManifest>(bytes, ExportJson.Manifest) ?? throw Unreadable(path, Lacking);
            if (manifest.ManifestVersion > ExportManifest.CurrentVersion)
                throw Newer(path, manifest.ManifestVersion);
            // System.Text.Json accepts null for every value.
            if (!IsWhole(manifest))
                throw Unreadable(path, Lacking);
            EnsureSchema(path, manifest);
            return manifest.WithUnits();
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ExportException(ExportErrorKind.Other, path, $"There is no manifest '{path}'.", e);
        }
        catch (JsonException e)
        {
            throw Unreadable(path, Why(e), e);
        }
        catch (NotSupportedException e)
        {
            throw Unreadable(path, Lacking, e);
        }
        catch (Exception e) when (FileErrors.Is(e))
        {
            throw Unreadable(path, $"the system says: {Printable.Line(e.Message)}", e);
        }
    }

    /// <summary>Whether all required values are there.</summary>
    public static bool IsWhole(ExportManifest manifest) =>
        manifest is { Files: not null, Counts: not null, Range: not null, Query: not null } && manifest.Files.All(f => f?.Path is not null);

    private static void EnsureSchema(string path, ExportManifest manifest)
    {
        if (manifest.ManifestVersion >= OlderLayouts.FirstWithSchema && !manifest.HasSchema)
            throw Unreadable(path, "the schema of its records is missing");
        try
        {
            manifest.Schema.EnsureSound();
        }
        catch (FormatException e)
        {
            throw Unreadable(path, e.Message.TrimEnd('.'), e);
        }
    }

    /// <summary>The same; null if there is no readable manifest.</summary>
    public static ExportManifest? TryLoad(string path)
    {
        try
        {
            return Load(path);
        }
        catch (ExportException)
        {
            return null;
        }
    }

    /// <summary>
    /// Whether an export wrote this file, even if it was cut or comes from a newer version. A loss of power can leave an empty file.
    /// </summary>
    public static bool IsOurs(string path)
    {
        try
        {
            if (FileKinds.Of(path) != FileKind.File)
                return false;
            var text = Utf8Text.Get(File.ReadAllBytes(path)).Trim('\0', ' ', '\r', '\n');
            return text.Length == 0 || text.Contains($"\"tool\": \"{ToolInfo.Name}\"") || text.Contains($"\"tool\":\"{ToolInfo.Name}\"");
        }
        catch (Exception e) when (FileErrors.Is(e))
        {
            return false;
        }
    }

    private static string Lacking => "a required value of a manifest is missing";

    // The inner exception distinguishes text that is not JSON from JSON that is not a manifest.
    private static string Why(JsonException e) => e switch
    {
        { InnerException: JsonException, LineNumber: { } line } => FormattableString.Invariant(
            $"it is not valid JSON from line {line + 1} on"),
        { Path: { Length: > 2 } field } when field.StartsWith("$.", StringComparison.Ordinal) =>
            $"'{Printable.Line(field.Substring(2))}' has an invalid value",
        _ => Lacking,
    };

    private static ExportException Unreadable(string path, string why, Exception? inner = null) => new(
        ExportErrorKind.ManifestUnreadable,
        path,
        $"The manifest '{path}' cannot be read: {why}. Restore it from a copy, or export again with -Force (--force).",
        inner);

    private static ExportException Newer(string path, int version) => new(
        ExportErrorKind.ManifestUnreadable,
        path,
        FormattableString.Invariant(
            $"The manifest '{path}' cannot be read: it has layout {version}, but this version reads layouts up to {ExportManifest.CurrentVersion}. ")
            + "A newer version of this tool wrote it. Use that version.");
}
