using LogScalePaging.Diagnostics;
using LogScalePaging.Export.Formats;
using LogScalePaging.Export.Manifest;
using LogScalePaging.Paging;
using LogScalePaging.Search;
using LogScalePaging.Search.Windows;

namespace LogScalePaging.Export.Slices;

/// <summary>Makes the plan of a large export: pins the range, counts it, and cuts it into slices with equal numbers of records.</summary>
/// <param name="connection">Where to search.</param>
/// <param name="request">The search.</param>
/// <param name="options">How it is cut and written.</param>
/// <param name="signals">The log that receives signals.</param>
public sealed class ExportPlanner(SearchConnection connection, SearchRequest request, PlanOptions options, SignalLog signals)
{
    /// <summary>Makes the plan.</summary>
    /// <exception cref="ArgumentException">The search cannot be cut, or an option is not valid. Nothing was sent.</exception>
    /// <exception cref="PagingException">The server did not answer, or its counts contradict each other.</exception>
    public async Task<ExportPlan> PlanAsync(CancellationToken cancellationToken)
    {
        options.EnsureValid();
        request.EnsureValid();
        var source = connection.Slices(request, signals);
        await using var _ = source.ConfigureAwait(false);
        await connection.FindHomeAsync(signals, cancellationToken).AsPagingAsync().ConfigureAwait(false);
        var total = await source.OpenAsync(cancellationToken).ConfigureAwait(false);
        var (isInclusive, cuts) = await CutAsync(source, total, cancellationToken).ConfigureAwait(false);
        var plan = Draft(source, isInclusive, cuts);
        plan = await CountedAsync(plan, source, total, cancellationToken).ConfigureAwait(false);
        if (plan.Slices.Count < options.Slices)
            signals.Warn(SignalKind.PlanSmaller, Fewer(plan));
        return PlanFile.Sealed(plan).Plan;
    }

    private string Fewer(ExportPlan plan) =>
        FormattableString.Invariant($"the plan has {plan.Slices.Count:N0} of {options.Slices:N0} slices, because ")
        + (plan.Expected == 0
            ? $"no {plan.Schema.Noun} matches in this range"
            : FormattableString.Invariant($"the {plan.Expected:N0} {plan.Schema.Nouns} have too few different times, and ")
                + $"{plan.Schema.Nouns} with the same time stay in one slice");

    private async Task<(bool IsInclusive, IReadOnlyList<long> Cuts)> CutAsync(
        ISliceSource source, long total, CancellationToken cancellationToken)
    {
        if (options.Slices == 1 || total == 0)
            return (false, []);
        var bars = await source.BarsAsync(Math.Max(1, total / options.Slices), cancellationToken).ConfigureAwait(false);
        var isInclusive = await source.IncludesEndAsync(bars, cancellationToken).ConfigureAwait(false);
        if (isInclusive && source.Grain > 1)
            throw new PagingException(PagingErrorKind.OtherRange,
                "The server includes the end of a range, and requests cannot end between two times, so slices would overlap. Export it in one "
                    + "run.");
        var (start, end) = (source.Identity.RangeStart!.Value, source.Identity.RangeEnd!.Value);
        // With an inclusive end, the request of a slice ends one unit earlier, and must still end after its start.
        var least = isInclusive ? 2 : 1;
        return (isInclusive, SliceCuts.Of(bars, start, end, options.Slices, source.Grain, least));
    }

    private ExportPlan Draft(ISliceSource source, bool isInclusive, IReadOnlyList<long> cuts)
    {
        var identity = source.Identity;
        long[] edges = [identity.RangeStart!.Value, .. cuts, identity.RangeEnd!.Value];
        return new ExportPlan
        {
            System = connection.System,
            Host = connection.Transport.Host,
            Tenant = identity.Tenant,
            Repository = identity.Repository,
            Query = identity.Query,
            Arguments = identity.Arguments,
            TimeZone = request.TimeZone,
            Settings = request.ToNotes(),
            Schema = source.Schema,
            Range = new ManifestRange(identity.RangeStart, identity.RangeEnd),
            Format = ExportFormats.Name(options.Format),
            Compressed = options.Compress,
            Bom = options.Bom,
            TimestampFormat = options.TimestampFormat,
            Property = options.Property,
            ExcludeProperty = options.ExcludeProperty,
            NoOperator = options.NoOperator,
            Expected = 0,
            EndIsInclusive = isInclusive,
            Budget = PlanBudget.For(options.Slices, options.JobsPerSlice, options.RequestsPerSlice),
            Slices = [.. Enumerable.Range(0, edges.Length - 1).Select(i => new PlanSlice(i, edges[i], edges[i + 1], 0))],
            Created = connection.Transport.Time.GetUtcNow(),
        };
    }

    // The counts of the slices prove that they are the whole range: no record is in two of them or in none.
    private static async Task<ExportPlan> CountedAsync(ExportPlan plan, ISliceSource source, long before,
        CancellationToken cancellationToken)
    {
        var counts = await Task.WhenAll(plan.Slices.Select(slice =>
        {
            var (start, end) = plan.RequestOf(slice);
            return source.CountAsync(start, end, cancellationToken);
        })).ConfigureAwait(false);
        var sum = counts.Sum();
        if (sum != before)
        {
            // Records may have arrived meanwhile.
            var (start, end) = (plan.Range.Start!.Value, plan.Range.End!.Value);
            var after = await source.CountAsync(start, end, cancellationToken).ConfigureAwait(false);
            if (sum < Math.Min(before, after) || sum > Math.Max(before, after))
                throw new PagingException(PagingErrorKind.OtherRange, FormattableString.Invariant(
                    $"The slices have {sum:N0} {plan.Schema.Nouns}, but the server counted {before:N0} in the whole range, and then {after:N0}.")
                    + " No plan was made. Plan again when the range no longer changes.");
        }
        return plan with { Expected = sum, Slices = [.. plan.Slices.Select((slice, i) => slice with { Expected = counts[i] })] };
    }
}
