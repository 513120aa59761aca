using System.Text.Json;
using LogScalePaging.Common;
using LogScalePaging.Diagnostics;
using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Files;
using LogScalePaging.Export.Formats;
using LogScalePaging.Export.Manifest;
using LogScalePaging.Export.State;
using LogScalePaging.Export.Target;

namespace LogScalePaging.Export.Schedules;

/// <summary>The file of a <see cref="Watermark"/>, locked while a run uses it. It is always replaced completely.</summary>
internal sealed class WatermarkFile : IDisposable
{
    private readonly string _path;
    private readonly FileGuard _guard;
    private readonly ExportLock _lock;
    private readonly Action<string> _step;

    private WatermarkFile(string path, FileGuard guard, ExportLock @lock, Action<string> step) =>
        (_path, _guard, _lock, _step) = (path, guard, @lock, step);

    /// <summary>The state; null before the first run.</summary>
    public Watermark? State { get; private set; }

    /// <summary>Opens and locks the file. Disposing it releases the lock.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="step">Called before and after each change of the file, for tests.</param>
    /// <exception cref="ExportException">Another run uses it, or it cannot be read.</exception>
    public static WatermarkFile Open(string path, Action<string>? step = null)
    {
        var guard = new FileGuard(new ExportTarget { Path = path, Format = ExportFormat.Json });
        var (lockPath, ownerPath) = (path + ".lock", path + ".lock.owner");
        foreach (var name in new[] { path, path + DurableFile.TemporaryEnding, lockPath, ownerPath })
            FileKinds.EnsureFileOrNothing(name);
        if (!Directory.Exists(Path.GetDirectoryName(path)))
            throw new ExportException(ExportErrorKind.FolderMissing, path,
                $"The folder of the watermark file '{path}' does not exist. Create it, or choose another path.");
        if (ExportLock.Foreign(lockPath, ownerPath) is { } foreign)
            throw new ExportException(ExportErrorKind.BadPath, path,
                $"The file '{foreign}' does not come from a schedule, and a run would delete it. Nothing was fetched. Move it away, or use "
                    + "another watermark file.");
        var @lock = ExportLock.Take(lockPath, ownerPath, guard, owner => new ExportException(ExportErrorKind.Locked, path,
            $"Another run of this schedule is active: {owner} uses the watermark file '{path}'. Nothing was fetched. The next run "
                + "continues where that one ends."));
        try
        {
            return new WatermarkFile(path, guard, @lock, step ?? (_ => { })) { State = Load(path, guard) };
        }
        catch
        {
            @lock.Dispose();
            throw;
        }
    }

    /// <summary>Replaces the state.</summary>
    /// <param name="state">The new state.</param>
    /// <param name="why">Name of the change, for tests.</param>
    /// <exception cref="ExportException">It cannot be written. The file is unchanged.</exception>
    public void Save(Watermark state, string why)
    {
        _step($"before {why}");
        try
        {
            DurableFile.Write(_path, [.. JsonSerializer.SerializeToUtf8Bytes(state, ExportJson.State), (byte)'\n']);
        }
        catch (Exception e) when (FileErrors.Is(e))
        {
            throw _guard.Translate(e, _path);
        }
        State = state;
        _step(why);
    }

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();

    private static Watermark? Load(string path, FileGuard guard)
    {
        try
        {
            if (FileKinds.Of(path) == FileKind.None)
                return null;
            var bytes = File.ReadAllBytes(path);
            using var document = JsonDocument.Parse(bytes);
            if (document.RootElement.GetProperty("tool").GetString()?.StartsWith(ToolInfo.Name, StringComparison.Ordinal) != true)
                throw new FormatException("It is not a watermark file.");
            var version = document.RootElement.GetProperty("version").GetInt32();
            if (version > Watermark.CurrentVersion)
                throw new FormatException(FormattableString.Invariant(
                    $"It has layout {version}, but this version reads layouts up to {Watermark.CurrentVersion}. Use the version that wrote it."));
            var state = JsonSerializer.Deserialize<Watermark>(bytes, ExportJson.State)!;
            EnsureUsable(state);
            return state;
        }
        catch (Exception e)
            when (e is JsonException or NotSupportedException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new ExportException(ExportErrorKind.Damaged, path,
                $"The watermark file '{path}' cannot be read: {Printable.Line(e.Message)} "
                + "Restore it from a copy. If you delete it, the schedule begins again at its start and exports events a second time.", e);
        }
        catch (Exception e) when (FileErrors.Is(e))
        {
            throw guard.Translate(e, path);
        }
    }

    // System.Text.Json accepts null for every value.
    private static void EnsureUsable(Watermark state)
    {
        if (state.Identity?.Query is null || state.Identity.System is null || state.Identity.Host is null || state.Key is null
            || state.Schema is null
            || state.Rows is null || state.Watched is null || state.Watched.Any(h => h is null))
            throw new FormatException("A required value is missing.");
        state.Schema.EnsureSound();
        if (Convert.FromBase64String(state.Key).Length < 16)
            throw new FormatException("The key is too short.");
        long?[] times = [state.First, state.FirstAt, state.KnownFrom, state.Position, state.LatestNow, state.MovedFrom, state.ReadAt,
            state.ComparedAll, state.Pending?.From, state.Pending?.End, state.Pending?.At, .. state.Watched.Select(h => (long?)h.Start)];
        if (!Array.TrueForAll(times, time => time is null || UtcTime.IsValid(time.Value)))
            throw new FormatException("A time is before the year 1 or after the year 9999.");
        if (state.Position < state.First || state.KnownFrom > state.Position)
            throw new FormatException("Its times contradict each other.");
        SeenRows.Parse(state.Rows);
        if (state.Pending is not { } pending)
            return;
        if (pending.Path is not { Length: > 0 } || pending.Start != state.Position || pending.From > pending.Start
            || pending.End <= pending.Start)
            throw new FormatException("The step that has begun is not valid.");
        if (pending.Files?.Any(f => f?.Path is null) == true)
            throw new FormatException("A file of the step that has begun has no path.");
        if (pending.Next is { Pending: not null })
            throw new FormatException("The step that has begun has another one in it.");
        if (pending.Next is { } next)
            EnsureUsable(next);
    }
}
