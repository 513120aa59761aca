using System.Management.Automation;
using LogScalePaging.Export.Formats;
using LogScalePaging.Export.Slices;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Records;

namespace LogScalePaging.Commands;

/// <summary><c>New-PagedExportPlan</c>: plans a large export: cuts it into slices that many machines can export.</summary>
[Cmdlet(VerbsCommon.New, "PagedExportPlan", SupportsShouldProcess = true, HelpUri = HelpPages.Folder + "New-PagedExportPlan.md")]
[OutputType(typeof(PagedExportPlan))]
public sealed class NewPagedExportPlanCommand : QueryCommandBase, IQueryJobSearch
{
    /// <summary>The file of the plan.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [Alias("OutFile", "LiteralPath")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>Number of slices.</summary>
    [Parameter(Mandatory = true)]
    [ValidateRange(1, ExportPlan.MostSlices)]
    public int Slices { get; set; }

    /// <summary>Format of the slices and of the merged file.</summary>
    [Parameter]
    public ExportFileFormat Format { get; set; }

    /// <summary>Compress the slices with gzip.</summary>
    [Parameter]
    public SwitchParameter Compress { get; set; }

    /// <summary>Begin each csv with a byte order mark.</summary>
    [Parameter]
    public SwitchParameter Bom { get; set; }

    /// <summary>How the times of events are written.</summary>
    [Parameter]
    public TimestampFormat TimestampFormat { get; set; }

    /// <summary>Fields to keep, in this order.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FieldCompleter))]
    public string[]? Property { get; set; }

    /// <summary>Fields to leave out.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FieldCompleter))]
    public string[]? ExcludeProperty { get; set; }

    /// <summary>Leave accounts and machines out of the manifests of all slices.</summary>
    [Parameter]
    public SwitchParameter NoOperator { get; set; }

    /// <summary>Events per page of a slice that is walked page by page.</summary>
    [Parameter]
    [ValidateRange(1, 200_000)]
    public int PageSize { get; set; } = SearchParameters.DefaultPageSize;

    /// <summary>Maximum number of parallel query jobs of a slice.</summary>
    [Parameter]
    [ValidateRange(1, PlanBudget.ServerLimit)]
    public int? JobsPerSlice { get; set; }

    /// <summary>Maximum number of requests of a slice in a minute.</summary>
    [Parameter]
    [ValidateRange(1, PlanBudget.ServerLimit)]
    public int? RequestsPerSlice { get; set; }

    /// <summary>Replace an existing plan.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    SearchStrategy IQueryJobSearch.Strategy => SearchStrategy.Auto;

    int IQueryJobSearch.JobTimeoutSec => SearchParameters.DefaultJobTimeoutSec;

    private protected override object? Target => Query;

    private protected override bool GoesOnAfterFailure => true;

    private protected override void OnProcess()
    {
        var connection = Connected();
        var path = FilePath.Resolve(this, Path);
        var options = new PlanOptions(Slices)
        {
            Format = SearchParameters.Engine(Format) ?? ExportFormat.NdJson,
            Compress = Compress,
            Bom = Bom,
            TimestampFormat = TimestampFormat,
            Property = Property,
            ExcludeProperty = ExcludeProperty,
            NoOperator = NoOperator,
            JobsPerSlice = JobsPerSlice,
            RequestsPerSlice = RequestsPerSlice,
        };
        options.EnsureValid();
        ExportPlan.EnsureMaySave(path, Force);
        var planner = new ExportPlanner(connection.Search(SearchSpec.SystemName)!, this.ToSpec(connection, resume: false), options,
            Signals);
        if (!ShouldProcess(path, $"Plan the export of: {Query}"))
            return;
        var plan = Run($"Plan {System.IO.Path.GetFileName(path)}", ProgressText.Counting, planner.PlanAsync);
        plan.Save(path, Force);
        WriteObject(new PagedExportPlan(path, plan));
    }
}
