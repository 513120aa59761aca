using System.Text.RegularExpressions;
using LogScalePaging.Common;
using LogScalePaging.Export.Formats;
using LogScalePaging.Export.Manifest;
using LogScalePaging.Export.Parts;
using LogScalePaging.Export.State;
using LogScalePaging.Export.Target;
using LogScalePaging.Paging.Positions;
using LogScalePaging.Records;

namespace LogScalePaging.Export.Store;

/// <summary>
/// Checks that a checkpoint has only content that a run writes. A file that was edited, or comes from someone else, must not name files
/// outside its folder, or make a run count, delete or publish events that it did not fetch.
/// </summary>
internal static class CheckpointCheck
{
    private static readonly Regex s_xxHash128 = new("^[0-9a-f]{32}\\z", RegexOptions.CultureInvariant);
    private static readonly Regex s_sha256 = new("^[0-9a-f]{64}\\z", RegexOptions.CultureInvariant);

    /// <summary>Refuses a state that a run of this output cannot have saved.</summary>
    /// <param name="state">The state, as it was read.</param>
    /// <param name="names">The possible names of the output's files.</param>
    /// <exception cref="FormatException">The state is not valid. The message says why.</exception>
    public static void EnsureSound(ExportState state, OutputNames names)
    {
        if (state.Version < 1
            || state.Format is not (ExportFormat.Json or ExportFormat.NdJson or ExportFormat.Csv or ExportFormat.Timesketch))
            throw new FormatException("Its version or format does not exist.");
        if (state.TimestampFormat is not (TimestampFormat.AsSent or TimestampFormat.Iso))
            throw new FormatException("Its format of times does not exist.");
        EnsureCount("resumptions", state.Resumes, int.MaxValue - 1);
        EnsureCount("expected records", state.ExpectedBefore);
        EnsureCount("dropped duplicates", state.Duplicates);
        EnsureLimit("events", state.MaxEvents);
        EnsureLimit("bytes of a file", state.MaxFileSize);
        EnsureLimit("records of a file", state.MaxFileEvents);
        EnsureIdentity(state.Identity);
        if (state.Property?.Contains(null!) == true || state.ExcludeProperty?.Contains(null!) == true || state.Notes.Values.Contains(null!)
            || state.Surplus is null)
            throw new FormatException("A value is missing.");
        if (state.Lanes.GroupBy(l => l.Name, StringComparer.Ordinal).FirstOrDefault(g => g.Skip(1).Any()) is { } twice)
            throw new FormatException($"The lane '{Printable.Line(twice.Key)}' is listed twice.");
        foreach (var lane in state.Lanes)
            EnsureLane(lane);
        EnsureSum("records", state.Lanes.SelectMany(l => l.Parts).Select(p => p.Rows));
        EnsureSum("bytes", state.Lanes.SelectMany(l => l.Parts).Select(p => p.Bytes));
        EnsureSum("dropped duplicates", state.Lanes.SelectMany(l => l.Parts).Select(p => p.Duplicates), most: state.Duplicates);
        EnsureSum("planned records", state.Lanes.Select(l => l.Planned ?? 0));
        if (!state.Surplus.All(name => name is not null && names.IsOurs(name)))
            throw new FormatException("A file to be replaced is not a file of the output.");
        EnsureFinished(state, names);
    }

    private static void EnsureIdentity(WalkIdentity identity)
    {
        if (identity.System is null || identity.Host is null || identity.Repository is null
            || identity.Arguments?.Values.Contains(null!) == true)
            throw new FormatException("A value of its identity is missing.");
        if (identity.RangeStart > identity.RangeEnd)
            throw new FormatException("Its range ends before it starts.");
    }

    private static void EnsureLane(LaneState lane)
    {
        if (!PartNames.IsLane(lane.Name))
            throw new FormatException($"'{Printable.Line(lane.Name)}' cannot be the name of a lane.");
        if (lane.RangeStart > lane.RangeEnd)
            throw new FormatException($"The lane '{lane.Name}' ends before it starts.");
        EnsureCount($"planned records of the lane '{lane.Name}'", lane.Planned);
        EnsureCount($"counted records of the lane '{lane.Name}'", lane.Counted);
        var files = new HashSet<string>(StringComparer.Ordinal);
        foreach (var part in lane.Parts)
        {
            // A name of this lane is a plain file name, so it is in the folder.
            if (!PartNames.IsPart(lane.Name, part.File) || !files.Add(part.File))
                throw new FormatException($"'{Printable.Line(part.File)}' cannot be a part of the lane '{lane.Name}'.");
            EnsurePart(part);
        }
    }

    private static void EnsurePart(PartRecord part)
    {
        EnsureCount($"records of '{part.File}'", part.Rows, part.Bytes);
        EnsureCount($"bytes of '{part.File}'", part.Bytes);
        EnsureCount($"dropped duplicates of '{part.File}'", part.Duplicates);
        EnsureCount($"late records of '{part.File}'", part.Late, part.Rows);
        EnsureCount($"possibly late records of '{part.File}'", part.PossiblyLate, part.Rows);
        EnsureCount($"repeated ids of '{part.File}'", part.RepeatedIds, part.Rows);
        EnsureCount($"records without an id of '{part.File}'", part.WithoutId, part.Rows);
        EnsureCount($"records outside the range of '{part.File}'", part.OutsideRange, part.Rows);
        if (part is { Sha256: null, XxHash128: null })
            throw new FormatException($"The hash of '{part.File}' is missing.");
        if ((part.Sha256 is { } sha && !s_sha256.IsMatch(sha)) || (part.XxHash128 is { } fast && !s_xxHash128.IsMatch(fast)))
            throw new FormatException($"The hash of '{part.File}' is not valid.");
        if (part.Oldest > part.Newest)
            throw new FormatException($"The times of '{part.File}' contradict each other.");
        if (part.Next is not { } next)
            return;
        if (next.Identity?.Query is null || next.Strategy is null || next.Position is null || next.Received < 0 || next.Duplicates < 0
            || next.Pages < 0)
            throw new FormatException($"The position after '{part.File}' cannot be read.");
    }

    private static void EnsureFinished(ExportState state, OutputNames names)
    {
        if (state.Finished is not { } finished)
        {
            if (state.Manifest is not null)
                throw new FormatException("It has a manifest without an output.");
            return;
        }
        if (finished.Files is not { Count: > 0 } files || finished.Events < 0 || finished.FormulaLikeCells < 0 || finished.InvalidUtf8 < 0
            || finished.TimesAsText < 0 || finished.TimesKept < finished.TimesAsText)
            throw new FormatException("Its output cannot be read.");
        foreach (var file in files)
        {
            if (file?.Path is null || !names.IsOurs(file.Path) || file.Sha256 is null || !s_sha256.IsMatch(file.Sha256))
                throw new FormatException($"'{Printable.Line(file?.Path ?? "")}' is not a file of the output.");
            EnsureCount($"bytes of '{file.Path}'", file.Bytes);
            EnsureCount($"records of '{file.Path}'", file.Events);
        }
        EnsureSum("bytes of the output", files.Select(f => f.Bytes));
        if (files.Select(f => f.Path).Distinct(StringComparer.Ordinal).Count() != files.Count || files.Select(f =>
            f.Path).Intersect(state.Surplus).Any())
            throw new FormatException("A file of the output is listed twice.");
        if (state.Manifest is { } manifest
            && (!ManifestReader.IsWhole(manifest) || !manifest.Files.SequenceEqual(files) || manifest.Schema != state.Schema))
            throw new FormatException("Its manifest belongs to another output.");
    }

    private static void EnsureCount(string what, long? value, long most = long.MaxValue)
    {
        if (value < 0 || value > most)
            throw new FormatException(FormattableString.Invariant($"The number of {what} cannot be {value}."));
    }

    private static void EnsureLimit(string what, long? value)
    {
        if (value < 1)
            throw new FormatException(FormattableString.Invariant($"The limit of {what} cannot be {value}."));
    }

    private static void EnsureSum(string what, IEnumerable<long> values, long most = long.MaxValue)
    {
        if (values.Aggregate(0m, (sum, value) => sum + value) > most)
            throw new FormatException($"The number of {what} is too large.");
    }
}
