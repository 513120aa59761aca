using LogScalePaging.Common;
using LogScalePaging.Export.Slices;

namespace LogScalePaging;

/// <summary>A plan that was written: the output of <c>New-PagedExportPlan</c>.</summary>
public sealed class PagedExportPlan
{
    internal PagedExportPlan(string path, ExportPlan plan)
    {
        PlanPath = path;
        PlanId = plan.PlanId;
        System = plan.System;
        Repository = plan.Repository;
        Query = plan.Query;
        RangeStart = EpochTime.Utc(plan.Range.Start, plan.Schema.TimeUnit);
        RangeEnd = EpochTime.Utc(plan.Range.End, plan.Schema.TimeUnit);
        Format = plan.Format;
        TimestampFormat = plan.TimestampFormat;
        NoOperator = plan.NoOperator;
        Expected = plan.Expected;
        JobsPerSlice = plan.Budget.Jobs;
        RequestsPerSlice = plan.Budget.RequestsPerMinute;
        Slices = (PagedExportPlanSlice[])[.. plan.Slices.Select(s => new PagedExportPlanSlice(s, plan.Schema.TimeUnit))];
    }

    /// <summary>Path of the plan.</summary>
    public string PlanPath { get; }

    /// <summary>Hash of the plan. The manifests of its slices have it.</summary>
    public string PlanId { get; }

    /// <summary>Kind of server.</summary>
    public string System { get; }

    /// <summary>Repository or view.</summary>
    public string Repository { get; }

    /// <summary>The query.</summary>
    public string Query { get; }

    /// <summary>Start of the range as it was pinned.</summary>
    public DateTimeOffset? RangeStart { get; }

    /// <summary>End of the range as it was pinned.</summary>
    public DateTimeOffset? RangeEnd { get; }

    /// <summary>Both as text, in UTC.</summary>
    public string Range => Display.Range(RangeStart, RangeEnd);

    /// <summary>Format of the slices and of the merged file.</summary>
    public string Format { get; }

    /// <summary>How the times of events are written.</summary>
    public Records.TimestampFormat TimestampFormat { get; }

    /// <summary>True if the manifests of the slices leave out accounts and machines.</summary>
    public bool NoOperator { get; }

    /// <summary>Events that the server counted in the range.</summary>
    public long Expected { get; }

    /// <summary>Maximum number of parallel query jobs of a slice.</summary>
    public int JobsPerSlice { get; }

    /// <summary>Maximum number of requests of a slice in a minute.</summary>
    public int RequestsPerSlice { get; }

    /// <summary>The slices, oldest first.</summary>
    public IReadOnlyList<PagedExportPlanSlice> Slices { get; }

    /// <summary>Path and number of slices.</summary>
    public override string ToString() => $"{PlanPath}: {Counted.Of(Expected, "event")} in {Counted.Of(Slices.Count, "slice")}";
}
