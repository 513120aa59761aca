using System.Management.Automation;
using LogScalePaging.Events;
using LogScalePaging.LogScale.Events;
using LogScalePaging.LogScale.Jobs;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.LogScale.Strategies;
using LogScalePaging.Paging;
using LogScalePaging.Records;

namespace LogScalePaging.Commands;

/// <summary><c>Get-QueryJobPage</c>: emits the events of a job, from its buffer or past it.</summary>
[Cmdlet(VerbsCommon.Get, "QueryJobPage", DefaultParameterSetName = BufferSet, HelpUri = HelpPages.Folder + "Get-QueryJobPage.md")]
[OutputType(EventBuilder.EventType, EventBuilder.RowType, FieldCompletion.TypeName, FieldCompletion.EventTypeName)]
[OutputType(typeof(QueryJobPage))]
public sealed class GetQueryJobPageCommand : JobCommandBase
{
    private const string BufferSet = "Buffer";
    private const string AllSet = "All";
    private const int BufferPage = 5000;
    private EventBuilder? _builder;

    /// <summary>Rows of the buffer to skip.</summary>
    [Parameter(ParameterSetName = BufferSet)]
    [ValidateRange(0, int.MaxValue)]
    public int Offset { get; set; }

    /// <summary>Rows of the buffer to read.</summary>
    [Parameter(ParameterSetName = BufferSet)]
    [ValidateRange(1, int.MaxValue)]
    public int Limit { get; set; }

    /// <summary>Field to sort the buffer by.</summary>
    [Parameter(ParameterSetName = BufferSet)]
    [ArgumentCompleter(typeof(FieldCompleter))]
    [ValidateNotNullOrEmpty]
    public string? SortBy { get; set; }

    /// <summary>Order of <see cref="SortBy"/>.</summary>
    [Parameter(ParameterSetName = BufferSet)]
    public QuerySortOrder SortOrder { get; set; }

    /// <summary>Read past the buffer, to the last event that matches.</summary>
    [Parameter(Mandatory = true, ParameterSetName = AllSet)]
    public SwitchParameter All { get; set; }

    /// <summary>Skip the count. The state is then Unverified.</summary>
    [Parameter(ParameterSetName = AllSet)]
    public SwitchParameter NoVerify { get; set; }

    /// <summary>Events per page.</summary>
    [Parameter]
    [ValidateRange(1, 200_000)]
    public int PageSize { get; set; }

    /// <summary>Longest time without progress of a query job, in seconds.</summary>
    [Parameter]
    [ValidateRange(1, SearchParameters.MostJobTimeoutSec)]
    public int JobTimeoutSec { get; set; } = SearchParameters.DefaultJobTimeoutSec;

    /// <summary>Maximum number of events, newest first.</summary>
    [Parameter]
    [Alias("MaxEvents")]
    [ValidateRange(1, long.MaxValue)]
    public long? First { get; set; }

    /// <summary>Fields to keep, in this order. A missing field is null.</summary>
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

    /// <summary>Emit pages with their metadata instead of events.</summary>
    [Parameter]
    public SwitchParameter AsPage { get; set; }

    private protected override void OnJob(QueryJob job, QueryJobClient client)
    {
        var open = new OpenJob(client, job.Id, job.IsLive, TimeSpan.FromSeconds(JobTimeoutSec));
        // The job belongs to the user, so it must stay alive until the last page was read, even slowly.
        var heartbeat = open.KeepAlive();
        try
        {
            var status = Run(token => open.WaitAsync(
                answer => Voice.Note(ProgressText.Of($"Query job {job.Id}", "the server is searching", answer.Metadata.Progress)), token));
            Voice.Finish();
            if (All && status.Metadata.HasMoreEvents == true)
                ReadPast(job, client, status.Metadata);
            else
                ReadBuffer(job, open);
            _builder?.Report(Signals);
        }
        finally
        {
            CleanUp(heartbeat);
        }
    }

    private void ReadBuffer(QueryJob job, OpenJob open)
    {
        var limit = Limit > 0 ? Math.Min(Limit, First is null ? long.MaxValue : First.Value) : First;
        var size = (int)Math.Min(PageSize > 0 ? PageSize : BufferPage, limit ?? int.MaxValue);
        var strategy = new BufferStrategy(size, Offset,
            new PollOptions { SortBy = SortBy, Ascending = SortOrder == QuerySortOrder.Ascending });
        Run(token => open.PagesAsync(strategy, limit, token), page =>
        {
            Emit(job, page);
            // A job around one event has no more events than were requested.
            if (page.Info.End?.Reason == EndReason.BufferEnd && job.Spec?.Around is null)
                WriteWarning(FormattableString.Invariant(
                    $"The job's result buffer ends at {page.Info.Total ?? 0:N0} events, but more events match. Use -All to get them."));
        });
    }

    private void ReadPast(QueryJob job, QueryJobClient client, QueryMetadata metadata)
    {
        if (job.Spec?.Around is not null)
            throw new ArgumentException("This job returns the events around one event, so -All does not apply. Remove -All.");
        var connection = Connected(job);
        var spec = new SearchSpec(job.Query ?? metadata.FilterQuery ?? throw new ArgumentException("The server does not say which query "
            + $"the job {job.Id} runs. Use the job object instead of its id, or use Invoke-QueryJob."))
        {
            // The job pinned its range when it was created, so -All returns the same events at any later time.
            Start = QueryTime.At(Pinned(metadata.QueryStart, job)),
            End = QueryTime.At(Pinned(metadata.QueryEnd, job)),
            Repository = client.Repository,
            Arguments = job.Spec?.Arguments,
            TimeZone = job.Spec?.TimeZone,
            AllowEventSkipping = job.Spec?.AllowEventSkipping ?? false,
            Parallel = connection.ThrottleLimit,
            PageSize = PageSize > 0 ? PageSize : SearchParameters.DefaultPageSize,
            MaxEvents = First,
            NoVerify = NoVerify,
            JobTimeout = TimeSpan.FromSeconds(JobTimeoutSec),
        };
        var summary = this.Walk(connection.Jobs(), spec, _ => new PageReader(part => Emit(job, part.Page)), _ => { });
        WriteVerbose(summary.ToString());
    }

    private void Emit(QueryJob job, Page<Record> page)
    {
        _builder ??= new EventBuilder(LogScaleEvents.Schema, Property, ExcludeProperty, Session.Fields);
        if (AsPage)
        {
            WriteObject(new QueryJobPage(job, [.. page.Items.Select(e => _builder.Build(in e))], page.Info));
            return;
        }
        foreach (var record in page.Items)
            WriteObject(_builder.Build(in record));
    }

    private static long Pinned(long? time, QueryJob job) =>
        EpochTime.Utc(time)?.ToUnixTimeMilliseconds() ?? throw new ArgumentException("The server does not say which absolute time range "
            + $"the job {job.Id} searches, so -All cannot be used.");
}
