using System.Text.Json;
using LogScalePaging.Diagnostics;
using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Files;
using LogScalePaging.Export.Manifest;
using LogScalePaging.Paging.Positions;

namespace LogScalePaging.Export.State;

/// <summary><c>checkpoint.json</c>: the state of an export. The file is always replaced completely.</summary>
internal static class CheckpointFile
{
    // Replaces the export's own identity in the checkpoints of parts: a query can be many kilobytes, an export can have a thousand parts,
    // and the state is saved once per part.
    private static readonly WalkIdentity s_same = new("", "", "", "");

    public static byte[] Serialize(ExportState state) =>
        JsonSerializer.SerializeToUtf8Bytes(Map(state, next => IsSame(next, state.Identity) ? s_same : next), ExportJson.State);

    /// <exception cref="ExportException">It cannot be read, or a newer version wrote it.</exception>
    public static ExportState Load(string path)
    {
        try
        {
            FileKinds.EnsureFileOrNothing(path);
            var bytes = File.ReadAllBytes(path);
            using var document = JsonDocument.Parse(bytes);
            var version = document.RootElement.GetProperty("version").GetInt32();
            if (version > ExportState.CurrentVersion)
                throw new ExportException(ExportErrorKind.Damaged, path, $"'{path}' has layout {version}, but this version reads layouts "
                    + $"up to {ExportState.CurrentVersion}. A newer version of this tool wrote it. Resume with that version, or use "
                    + "-Force (--force) to start again.");
            var state = JsonSerializer.Deserialize<ExportState>(bytes, ExportJson.State) ?? throw new JsonException("Empty.");
            EnsureUsable(state);
            return Map(state with { Manifest = state.Manifest?.WithUnits() }, next => next == s_same ? state.Identity : next);
        }
        catch (Exception e)
            when (e is JsonException or NotSupportedException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw Damaged(path, e);
        }
    }

    /// <summary>Whether this tool wrote a file, in any version and with any content, also if its end is damaged.</summary>
    public static bool IsOurs(string path)
    {
        try
        {
            if (FileKinds.Of(path) != FileKind.File)
                return false;
            var reader = new Utf8JsonReader(File.ReadAllBytes(path));
            while (reader.Read())
            {
                if (reader is { TokenType: JsonTokenType.PropertyName, CurrentDepth: 1 } && reader.ValueTextEquals("tool"))
                    return reader.Read() && reader.TokenType == JsonTokenType.String
                        && reader.GetString()!.StartsWith(ToolInfo.Name, StringComparison.Ordinal);
            }
            return false;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException || FileErrors.Is(e))
        {
            return false;
        }
    }

    /// <summary>The exception for a file that is not valid.</summary>
    public static ExportException Damaged(string path, Exception e) =>
        new(ExportErrorKind.Damaged, path, $"The checkpoint '{path}' cannot be read: {e.Message} Use -Force (--force) to start again.", e);

    // System.Text.Json accepts null for every value, and ignores missing ones.
    private static void EnsureUsable(ExportState state)
    {
        if (state.Identity?.Query is null || state.Strategy is null || state.Lanes is null || state.Notes is null
            || state.Lanes.Any(l => l?.Name is null || l.Parts is null || l.Parts.Any(p => p?.File is null)))
            throw new FormatException("A required value of a checkpoint is missing.");
        if (state.Version >= OlderLayouts.FirstWithSchema && !state.HasSchema)
            throw new FormatException("The schema of its records is missing.");
        state.Schema.EnsureSound();
    }

    private static ExportState Map(ExportState state, Func<WalkIdentity, WalkIdentity> change) => state with
    {
        Lanes = [.. state.Lanes.Select(lane => lane with
        {
            Parts = [.. lane.Parts.Select(part => part with
            {
                Next = part.Next is null ? null : part.Next with { Identity = change(part.Next.Identity) },
            })],
        })],
    };

    private static bool IsSame(WalkIdentity a, WalkIdentity b) => ReferenceEquals(a, b)
        || ((a with { Arguments = null }) == (b with { Arguments = null }) && SameArguments(a.Arguments, b.Arguments));

    private static bool SameArguments(IReadOnlyDictionary<string, string>? a, IReadOnlyDictionary<string, string>? b) =>
        ReferenceEquals(a, b) || (a is not null && b is not null && a.Count == b.Count
            && a.All(x => b.TryGetValue(x.Key, out var value) && value == x.Value));
}
