using System.Management.Automation.Runspaces;

namespace LogScalePaging;

/// <summary>
/// The properties that PowerShell shows of an object without a view. The output of a script has the shape of its first object, and each
/// object of another type is shown as a list, without its view and, without this, with all its properties.
/// </summary>
internal static class ShownProperties
{
    private static readonly Dictionary<Type, string[]> s_shown = new()
    {
        [typeof(ExportResult)] =
        [
            nameof(ExportResult.State), nameof(ExportResult.Reason), nameof(ExportResult.Events), nameof(ExportResult.Expected),
            nameof(ExportResult.Missing), nameof(ExportResult.Late), nameof(ExportResult.Range), nameof(ExportResult.Path),
            nameof(ExportResult.Bytes), nameof(ExportResult.Sha256), nameof(ExportResult.Duration), nameof(ExportResult.ManifestPath),
            nameof(ExportResult.PartialPath),
        ],
        [typeof(ExportVerification)] =
        [
            nameof(ExportVerification.IsValid), nameof(ExportVerification.State), nameof(ExportVerification.Events),
            nameof(ExportVerification.Checks), nameof(ExportVerification.Failed), nameof(ExportVerification.Path),
        ],
        [typeof(ExportChart)] =
        [
            nameof(ExportChart.Path), nameof(ExportChart.State), nameof(ExportChart.Reason), nameof(ExportChart.IsValid),
            nameof(ExportChart.Events), nameof(ExportChart.Expected), nameof(ExportChart.Missing), nameof(ExportChart.Gaps),
            nameof(ExportChart.Failed),
        ],
        [typeof(PagedExportPlan)] =
        [
            nameof(PagedExportPlan.Expected), nameof(PagedExportPlan.Slices), nameof(PagedExportPlan.Range), nameof(PagedExportPlan.Query),
            nameof(PagedExportPlan.PlanPath),
        ],
        [typeof(ScheduleResult)] =
        [
            nameof(ScheduleResult.State), nameof(ScheduleResult.Reason), nameof(ScheduleResult.HasGap), nameof(ScheduleResult.Events),
            nameof(ScheduleResult.Range), nameof(ScheduleResult.Behind), nameof(ScheduleResult.Files), nameof(ScheduleResult.Watermark),
        ],
        [typeof(QueryJobSummary)] =
        [
            nameof(QueryJobSummary.State), nameof(QueryJobSummary.Reason), nameof(QueryJobSummary.Received),
            nameof(QueryJobSummary.Expected), nameof(QueryJobSummary.Missing), nameof(QueryJobSummary.Range),
            nameof(QueryJobSummary.Strategy), nameof(QueryJobSummary.Duration), nameof(QueryJobSummary.Warnings),
            nameof(QueryJobSummary.Query), nameof(QueryJobSummary.Repository),
        ],
        [typeof(QueryJobMeasure)] =
        [
            nameof(QueryJobMeasure.Count), nameof(QueryJobMeasure.NoCountReason), nameof(QueryJobMeasure.ApproximateBytes),
            nameof(QueryJobMeasure.Range), nameof(QueryJobMeasure.Strategy), nameof(QueryJobMeasure.StrategyReason),
            nameof(QueryJobMeasure.ApproximateDuration), nameof(QueryJobMeasure.Query), nameof(QueryJobMeasure.Repository),
        ],
        [typeof(QueryJobStatus)] =
        [
            nameof(QueryJobStatus.Id), nameof(QueryJobStatus.State), nameof(QueryJobStatus.Progress), nameof(QueryJobStatus.EventCount),
            nameof(QueryJobStatus.HasMoreEvents), nameof(QueryJobStatus.Query), nameof(QueryJobStatus.Warnings),
        ],
        [typeof(QueryJobPage)] =
        [
            nameof(QueryJobPage.Number), nameof(QueryJobPage.Count), nameof(QueryJobPage.Total), nameof(QueryJobPage.End),
            nameof(QueryJobPage.Duplicates), nameof(QueryJobPage.Elapsed),
        ],
        [typeof(RecordPage)] =
        [
            nameof(RecordPage.Number), nameof(RecordPage.Count), nameof(RecordPage.Total), nameof(RecordPage.End),
            nameof(RecordPage.Duplicates), nameof(RecordPage.Elapsed),
        ],
    };

    /// <summary>For a runspace: what it shows of the types of this module, and of their copies.</summary>
    public static IEnumerable<TypeData> Types()
    {
        foreach (var shown in s_shown)
        {
            yield return TypeOf(shown.Key.FullName!, shown.Value);
            yield return TypeOf("Deserialized." + shown.Key.FullName, shown.Value);
        }
    }

    private static TypeData TypeOf(string name, string[] properties) => new(name)
    {
        DefaultDisplayPropertySet = new PropertySetData(properties),
        IsOverride = true,
    };
}
