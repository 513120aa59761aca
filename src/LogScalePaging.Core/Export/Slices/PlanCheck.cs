using LogScalePaging.Diagnostics;
using LogScalePaging.Records;

namespace LogScalePaging.Export.Slices;

/// <summary>
/// Checks that a plan has only values that this tool writes. The hash shows that a plan was edited by mistake, but everyone can compute
/// it.
/// </summary>
internal static class PlanCheck
{
    /// <exception cref="FormatException">A value is not valid. The message says which.</exception>
    /// <exception cref="ArgumentException">The budget is not valid.</exception>
    public static void EnsureSound(ExportPlan plan)
    {
        if (plan is not
            {
                System: not null, Host: not null, Repository: not null, Query: not null, Schema: not null, Range: not null,
                Format: not null
            }
            || plan is not { Budget: not null, Slices.Count: > 0, Settings: not null, Version: not null, Tool: ToolInfo.Name }
            || plan.Slices.Any(s => s is null) || plan.Settings.Values.Any(v => v is null)
            || plan.Arguments?.Values.Any(v => v is null) == true
            || plan.Property?.Any(p => p is null) == true || plan.ExcludeProperty?.Any(p => p is null) == true)
            throw new FormatException("A required value is missing.");
        plan.Schema.EnsureSound();
        plan.Budget.EnsureSound();
        _ = plan.FileFormat;
        if (plan.TimestampFormat is not (TimestampFormat.AsSent or TimestampFormat.Iso))
            throw new FormatException("Its format of times does not exist.");
        EnsureTiles(plan);
    }

    private static void EnsureTiles(ExportPlan plan)
    {
        if (plan.Slices.Count > ExportPlan.MostSlices)
            throw new FormatException(FormattableString.Invariant($"It has more than {ExportPlan.MostSlices:N0} slices."));
        var (start, sum) = (plan.Range.Start, 0m);
        for (var i = 0; i < plan.Slices.Count; i++)
        {
            var slice = plan.Slices[i];
            var (from, to) = plan.RequestOf(slice);
            if (slice.I != i)
                throw new FormatException(FormattableString.Invariant($"Slice {i} has the index {slice.I}."));
            if (slice.Start != start || from >= to)
                throw new FormatException(FormattableString.Invariant($"Slice {i} does not begin where slice {i - 1} ends, or is empty."));
            if (slice.Expected < 0)
                throw new FormatException(FormattableString.Invariant($"Slice {i} cannot have {slice.Expected} records."));
            (start, sum) = (slice.End, sum + slice.Expected);
        }
        if (start != plan.Range.End || sum != plan.Expected)
            throw new FormatException("Its slices are not the whole range.");
    }
}
