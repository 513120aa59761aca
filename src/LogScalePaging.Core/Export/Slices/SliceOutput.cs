using LogScalePaging.Common;
using LogScalePaging.Export.Manifest;
using LogScalePaging.Export.State;
using LogScalePaging.Export.Target;
using LogScalePaging.Export.Verification;
using LogScalePaging.Paging.Positions;
using LogScalePaging.Paging.Verdicts;

namespace LogScalePaging.Export.Slices;

/// <summary>A finished slice on disk, and whether it is the slice of its plan.</summary>
/// <param name="Slice">The slice.</param>
/// <param name="Target">Its output.</param>
/// <param name="Manifest">Its manifest.</param>
internal sealed record SliceOutput(PlanSlice Slice, ExportTarget Target, ExportManifest Manifest)
{
    /// <summary>True if the server's count proved the slice.</summary>
    public bool IsComplete => Manifest.State == nameof(CompletenessState.Complete);

    /// <summary>The finished slices of a plan, by their index.</summary>
    /// <exception cref="PlanException">A slice is missing, or is not a slice of this plan. The message names all of them.</exception>
    public static IReadOnlyList<SliceOutput> All(ExportPlan plan, SliceFiles files)
    {
        var outputs = new List<SliceOutput>();
        var faults = new List<(int Slice, string Why)>();
        foreach (var slice in plan.Slices)
        {
            var target = files.Target(slice.I);
            var manifest = ManifestReader.TryLoad(target.ManifestPath);
            if (manifest is null)
                faults.Add((slice.I, WhyNone(target)));
            else if (WhyNot(plan, slice, target, manifest) is { } why)
                faults.Add((slice.I, why));
            else
                outputs.Add(new SliceOutput(slice, target, manifest));
        }
        return faults.Count == 0 ? outputs : throw Refused(faults);
    }

    /// <summary>Refuses slices whose files differ from their manifests.</summary>
    /// <exception cref="PlanException">There is one. The message names all of them.</exception>
    public static void EnsureValid(IEnumerable<(SliceOutput Output, VerificationResult Found)> verified)
    {
        var faults = verified.Where(v => !v.Found.IsValid)
            .Select(v => (v.Output.Slice.I, $"does not match its manifest (check {v.Found.Findings.First(f => !f.Passed).Check})"))
            .ToList();
        if (faults.Count > 0)
            throw Refused(faults);
    }

    private static string WhyNone(ExportTarget target) =>
        new PartialFolder(target.PartialPath).HasCheckpoint ? "is not finished. Run it again to continue it"
        : File.Exists(target.ManifestPath) ? $"has a manifest that cannot be read, '{Path.GetFileName(target.ManifestPath)}'"
        : $"is missing: there is no '{Path.GetFileName(target.ManifestPath)}'";

    private static string? WhyNot(ExportPlan plan, PlanSlice slice, ExportTarget target, ExportManifest manifest)
    {
        if (manifest.Plan != plan.PlanId)
            return manifest.Plan is null ? "was not exported by a plan" : "was exported by another plan";
        if (manifest.Slice != slice.I)
            return FormattableString.Invariant($"is another slice of the plan: {manifest.Slice}");
        if (manifest.Version != plan.Version)
            return $"was exported by version {Printable.Line(manifest.Version)}, and the plan was made by {Printable.Line(plan.Version)}";
        if (Differing(plan, manifest) is { } what)
            return $"was exported with another {what}";
        if (manifest.Files is not [var file] || file.Path != Path.GetFileName(target.Path))
            return "has other files than a slice of this plan";
        if ((manifest.Range.Start, manifest.Range.End) != plan.RequestOf(slice))
            return "covers another range than the plan says, so the slices overlap or have a gap";
        if (file.Newest >= slice.End && slice.I < plan.Slices.Count - 1)
            return FormattableString.Invariant($"overlaps slice {slice.I + 1}: it has records at or after its end");
        return file.Oldest < slice.Start && slice.I > 0
            ? FormattableString.Invariant($"overlaps slice {slice.I - 1}: it has records before its start")
            : null;
    }

    private static string? Differing(ExportPlan plan, ExportManifest manifest)
    {
        var identity = new WalkIdentity(plan.System, plan.Host, plan.Repository, plan.Query) { Arguments = plan.Arguments };
        return manifest.System != plan.System ? "system"
            : manifest.Host != plan.Host ? "server"
            : manifest.Tenant != plan.Tenant ? "tenant"
            : manifest.Repository != plan.Repository ? "repository"
            : manifest.Query != plan.Query || manifest.QuerySha256 != identity.QueryHash ? "query"
            : manifest.TimeZone != plan.TimeZone ? "time zone"
            : manifest.Schema != plan.Schema ? "schema of records"
            : manifest.Format != plan.Format || manifest.Compressed != plan.Compressed || manifest.Bom != plan.Bom ? "format"
            : manifest.TimestampFormat != plan.TimestampFormat ? "format of times"
            : !Same(manifest.Property, plan.Property) || !Same(manifest.ExcludeProperty, plan.ExcludeProperty) ? "list of fields"
            : manifest.MaxEvents is not null ? "limit"
            : null;
    }

    private static bool Same(IReadOnlyList<string>? a, IReadOnlyList<string>? b) =>
        (a ?? []).SequenceEqual(b ?? [], StringComparer.Ordinal);

    private static PlanException Refused(IReadOnlyList<(int Slice, string Why)> faults)
    {
        const int Shown = 20;
        var more = faults.Count > Shown ? FormattableString.Invariant($" {faults.Count - Shown:N0} more slices are refused.") : "";
        return new PlanException("The slices cannot be merged. "
            + string.Join(" ", faults.Take(Shown).Select(f => FormattableString.Invariant($"Slice {f.Slice} {f.Why}."))) + more)
        { Slices = [.. faults.Select(f => f.Slice)] };
    }
}
