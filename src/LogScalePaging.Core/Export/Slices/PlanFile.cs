using System.Text.Json;
using System.Text.RegularExpressions;
using LogScalePaging.Common;
using LogScalePaging.Diagnostics;
using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Files;
using LogScalePaging.Export.Formats;
using LogScalePaging.Export.Manifest;
using LogScalePaging.Export.Target;

namespace LogScalePaging.Export.Slices;

/// <summary>Reads and writes <c>plan.json</c>, and refuses a plan that was edited.</summary>
internal static class PlanFile
{
    private const string IdName = "planId";
    private const int MostBytes = 16 << 20;
    private static readonly Regex s_id = new("^[0-9a-f]{64}\\z", RegexOptions.CultureInvariant);

    /// <summary>The plan with its id, and the bytes of its file.</summary>
    public static (ExportPlan Plan, byte[] Utf8) Sealed(ExportPlan plan)
    {
        plan = plan with { Range = plan.Range with { Unit = plan.Schema.TimeUnit } };
        using var document = JsonDocument.Parse(Serialize(plan));
        plan = plan with { PlanId = CanonicalJson.Hash(document.RootElement, IdName) };
        return (plan, [.. Serialize(plan), (byte)'\n']);
    }

    /// <summary>Whether a file begins as a plan does. It reads only the beginning, for the completion of paths.</summary>
    public static bool MayBePlan(string path)
    {
        try
        {
            var beginning = new byte[128];
            using var file = File.OpenRead(path);
            var read = file.Read(beginning, 0, beginning.Length);
            return beginning.AsSpan(0, read).IndexOf("\"planVersion\""u8) >= 0;
        }
        catch (Exception e) when (FileErrors.Is(e))
        {
            return false;
        }
    }

    /// <summary>Reads a plan.</summary>
    /// <exception cref="PlanException">It was changed, or this version cannot read it.</exception>
    /// <exception cref="ExportException">There is no such file.</exception>
    public static ExportPlan Load(string path)
    {
        var bytes = Read(path);
        try
        {
            using var document = JsonDocument.Parse(bytes);
            var root = document.RootElement;
            EnsureLayout(path, root);
            var id = root.TryGetProperty(IdName, out var value) ? value.GetString() : null;
            if (id is null || !s_id.IsMatch(id) || id != CanonicalJson.Hash(root, IdName))
                throw new PlanException($"The plan '{path}' was changed after it was made. Make a new plan, and do not edit it.");
            var plan = JsonSerializer.Deserialize<ExportPlan>(bytes, ExportJson.Manifest) ?? throw new FormatException("It is empty.");
            PlanCheck.EnsureSound(plan);
            return plan with { Range = plan.Range with { Unit = plan.Schema.TimeUnit } };
        }
        catch (Exception e)
            when (e is JsonException or FormatException or InvalidOperationException or NotSupportedException or ArgumentException)
        {
            throw new PlanException($"The plan '{path}' cannot be read: {Printable.Line(e.Message)}", e);
        }
    }

    /// <summary>Writes a plan that has its id.</summary>
    /// <exception cref="ExportException">It cannot be written.</exception>
    public static void Save(ExportPlan plan, string path, bool force)
    {
        EnsureMaySave(path, force);
        try
        {
            DurableFile.Write(path, Sealed(plan).Utf8);
        }
        catch (Exception e) when (FileErrors.Is(e))
        {
            throw Guard(path).Translate(e, path);
        }
    }

    /// <summary>Checks that a plan can be written there.</summary>
    /// <exception cref="ExportException">It cannot.</exception>
    public static void EnsureMaySave(string path, bool force)
    {
        FileKinds.EnsureNoFolder(path);
        FileKinds.EnsureFileOrNothing(path);
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder))
            throw new ExportException(ExportErrorKind.FolderMissing, path,
                $"The folder '{folder}' does not exist. Create it, or choose another path.");
        if (!File.Exists(path))
            return;
        if (!force)
            throw new ExportException(ExportErrorKind.OutputExists, path, $"'{path}' already exists. Use -Force (--force) to replace it.");
        if (!IsPlan(path))
            throw new ExportException(ExportErrorKind.BadPath, path,
                $"'{path}' is not a plan, so it is not replaced. Choose another path.");
    }

    private static byte[] Serialize(ExportPlan plan) => JsonSerializer.SerializeToUtf8Bytes(plan, ExportJson.Manifest);

    private static FileGuard Guard(string path) => new(new ExportTarget { Path = path, Format = ExportFormat.Json });

    private static byte[] Read(string path)
    {
        try
        {
            if (FileKinds.Behind(path) is var kind && kind is not (FileKind.File or FileKind.None))
                throw new ExportException(ExportErrorKind.BadPath, path, $"The plan '{path}' is {FileKinds.Name(kind)}, not a file.");
            if (new FileInfo(path).Length > MostBytes)
                throw new PlanException($"The plan '{path}' cannot be read: it is larger than every plan.");
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ExportException(ExportErrorKind.FolderMissing, path, $"There is no plan '{path}'.", e);
        }
        catch (Exception e) when (FileErrors.Is(e))
        {
            throw new ExportException(ExportErrorKind.Other, path, $"The plan '{path}' cannot be read: {Printable.Line(e.Message)}", e);
        }
    }

    // Before the hash, because another version may have more values.
    private static void EnsureLayout(string path, JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("planVersion", out var value)
            || !value.TryGetInt32(out var version))
            throw new FormatException("It is not a plan.");
        if (version != ExportPlan.CurrentVersion)
            throw new PlanException(FormattableString.Invariant(
                $"The plan '{path}' has layout {version}, but this version reads layout {ExportPlan.CurrentVersion}. ")
                + "Use the version of this tool that made it, or make a new plan.");
    }

    private static bool IsPlan(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(Read(path));
            return document.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("planVersion", out _)
                && root.TryGetProperty("tool", out var tool) && tool.ValueKind == JsonValueKind.String && tool.GetString() == ToolInfo.Name;
        }
        catch (Exception e) when (e is JsonException or PlanException or ExportException)
        {
            return false;
        }
    }
}
