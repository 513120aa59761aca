using System.Management.Automation;
using LogScalePaging.Common;
using LogScalePaging.LogScale.Queries;

namespace LogScalePaging.Commands;

/// <summary><c>Measure-QueryJob</c>: finds out how many events a query matches and how they would be read, before they are read.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "QueryJob", HelpUri = HelpPages.Folder + "Measure-QueryJob.md")]
[OutputType(typeof(QueryJobMeasure))]
public sealed class MeasureQueryJobCommand : QueryCommandBase, IQueryJobSearch
{
    /// <summary>How to get past the result buffer.</summary>
    [Parameter]
    [ValidateSet(nameof(SearchStrategy.Auto), nameof(SearchStrategy.Around), nameof(SearchStrategy.Window), nameof(SearchStrategy.Stream))]
    public SearchStrategy Strategy { get; set; }

    /// <summary>Events per page of the walk.</summary>
    [Parameter]
    [ValidateRange(1, 200_000)]
    public int PageSize { get; set; } = SearchParameters.DefaultPageSize;

    /// <summary>Longest time without progress of a query job, in seconds.</summary>
    [Parameter]
    [ValidateRange(1, SearchParameters.MostJobTimeoutSec)]
    public int JobTimeoutSec { get; set; } = SearchParameters.DefaultJobTimeoutSec;

    private protected override object? Target => Query;

    private protected override bool GoesOnAfterFailure => true;

    private protected override void OnProcess()
    {
        var connection = Connected(SearchSpec.SystemName);
        Session.Name(Repository);
        var search = connection.Search(SearchSpec.SystemName)!.Open(this.ToSpec(connection, resume: false), Signals);
        try
        {
            var found = Run($"Measure {Printable.Line(Query)}", ProgressText.Counting, search.EstimateAsync);
            WriteObject(new QueryJobMeasure(search, found));
        }
        finally
        {
            CleanUp(search);
        }
    }
}
