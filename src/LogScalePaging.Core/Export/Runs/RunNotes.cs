using System.Globalization;
using System.Text.Json;
using LogScalePaging.Diagnostics;
using LogScalePaging.Export.Manifest;
using LogScalePaging.Export.State;

namespace LogScalePaging.Export.Runs;

/// <summary>
/// The runs of an export, and what else the manifest says about their origin. They are kept in the notes of a checkpoint.
/// </summary>
internal static class RunNotes
{
    private const string Runs = "runs";
    private const string NoOperator = "noOperator";
    private const string Plan = "plan";
    private const string Slice = "slice";

    // More than any export needs. A scheduler that resumes forever must not make the checkpoint grow without end.
    private const int Most = 1_000;

    /// <summary>The state with one more run.</summary>
    public static ExportState Add(ExportState state, ExportRequest request, DateTimeOffset now)
    {
        var run = Now(now, request.NoOperator);
        var notes = state.Notes.ToDictionary(n => n.Key, n => n.Value);
        notes[Runs] = JsonSerializer.Serialize(Of(state).Take(Most - 1).Append(run), ExportJson.State);
        if (request.NoOperator)
            notes[NoOperator] = bool.TrueString;
        if (request is { Plan: { } plan, Slice: { } slice })
            (notes[Plan], notes[Slice]) = (plan, slice.ToString(CultureInfo.InvariantCulture));
        return state with { Notes = notes };
    }

    /// <summary>The run of this process.</summary>
    /// <param name="started">When it started.</param>
    /// <param name="noOperator">Leave out the account and the machine.</param>
    public static ManifestRun Now(DateTimeOffset started, bool noOperator) => noOperator
        ? new(started, ToolInfo.Version)
        : new(started, ToolInfo.Version) { Operator = Account(), Machine = Environment.MachineName };

    /// <summary>True if the run that began the export, or a later one, does not name its operator.</summary>
    public static bool IsWithoutOperator(ExportState state) => state.Notes.ContainsKey(NoOperator);

    /// <summary>The plan that the export is a slice of, and the index of the slice; null without a plan.</summary>
    public static (string Plan, int Slice)? SliceOf(ExportState state) => state.Notes.TryGetValue(Plan, out var plan)
        && state.Notes.TryGetValue(Slice, out var text)
        && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var slice)
        ? (plan, slice)
        : null;

    /// <summary>The runs so far, the first one first. A checkpoint of an older version has none.</summary>
    /// <exception cref="JsonException">The note cannot be read.</exception>
    public static IReadOnlyList<ManifestRun> Of(ExportState state)
    {
        if (!state.Notes.TryGetValue(Runs, out var text))
            return [];
        var runs = JsonSerializer.Deserialize<List<ManifestRun?>>(text, ExportJson.State);
        return runs is null || runs.Any(r => r?.Version is null)
            ? throw new JsonException($"The note '{Runs}' is not valid.")
            : [.. runs.OfType<ManifestRun>()];
    }

    private static string Account()
    {
        var (name, domain) = (Environment.UserName, Environment.UserDomainName);
        // On Linux and macOS the domain is the machine.
        return domain.Length == 0 || string.Equals(domain, Environment.MachineName, StringComparison.OrdinalIgnoreCase)
            ? name
            : $@"{domain}\{name}";
    }
}
