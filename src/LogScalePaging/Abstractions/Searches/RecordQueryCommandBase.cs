using System.ComponentModel;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using LogScalePaging.Events;
using LogScalePaging.Export.Formats;
using LogScalePaging.Falcon.SignIn;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Records;
using LogScalePaging.Search;
using LogScalePaging.Tenants;

namespace LogScalePaging.Commands;

/// <summary>A cmdlet that emits every record of a search, for every system.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class RecordQueryCommandBase : SearchCommandBase
{
    private TenantTally? _tally;

    /// <summary>Maximum number of records, in the order of the search.</summary>
    [Parameter]
    [Alias("MaxEvents")]
    [ValidateRange(1, long.MaxValue)]
    public long? First { get; set; }

    /// <summary>Name of a variable that gets the verdict and its numbers; with + before it, they are appended.</summary>
    [Parameter]
    [Alias("sv")]
    [ValidateNotNullOrEmpty]
    public string? SummaryVariable { get; set; }

    /// <summary>Emit pages with their position and metadata instead of records.</summary>
    [Parameter]
    public SwitchParameter AsPage { get; set; }

    /// <summary>Properties to add to each record, to tell the records of several searches apart.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public SourceProperty[]? SourceProperty { get; set; }

    private bool _hasSummary;

    /// <summary>The identity of the event that is searched around; null for another search.</summary>
    private protected virtual string? AnchorId => null;

    private protected sealed override void OnProcess()
    {
        NamedVariable.EnsureValid(SummaryVariable, nameof(SummaryVariable));
        var connection = Connected(SystemName);
        if (Tenants.Read((this as ITenantSearch)?.MemberCid) is { } tenants)
        {
            Walk(TenantInput.Falcon(connection), tenants);
            return;
        }
        var summary = this.Walk(connection.Search(SystemName)!, Request(connection, First), Reader,
            KeepSummary);
        WriteVerbose(summary.ToString());
        if (RequireComplete && ErrorRecords.Incompleteness(summary.State, summary.Reason, summary) is { } error)
            ThrowTerminatingError(error);
    }

    private protected sealed override void OnEnd() => _tally?.Conclude(SummaryVariable, NoVerify, RequireComplete);

    // One tenant after the other, so that the records of a tenant stay together and none is kept in memory.
    private void Walk(FalconConnection falcon, IReadOnlyList<string> tenants)
    {
        _tally ??= new TenantTally(this);
        var request = Request(falcon, First);
        for (var i = 0; i < tenants.Count; i++)
        {
            var tenant = tenants[i];
            try
            {
                _tally.Add(Walk(falcon, request, new WalkedTenant(MemberCids.Parse(tenant), i + 1, tenants.Count)));
            }
            catch (Exception e) when (ErrorRecords.IsFailure(e) && !Stopping)
            {
                _tally.Fail(tenant, e, ConnectableSystem.Of(SystemName));
            }
        }
    }

    private TenantVerdict Walk(FalconConnection falcon, SearchRequest request, WalkedTenant tenant)
    {
        Voice.Verbose($"Tenant {tenant.Cid}");
        using var connection = falcon.ForTenant(tenant.Cid, SystemName);
        var summary = this.Walk(connection, request, Reader, _ => { }, tenant);
        WriteVerbose($"Tenant {tenant.Cid}: {summary}");
        _ = Enum.TryParse<CompletenessState>(summary.State, out var state);
        return new TenantVerdict(tenant.Cid, state, summary.Reason)
        {
            Records = summary.Received,
            Failed = summary.IsBroken,
        };
    }

    // The variable has the summaries of all queries of the command.
    private void KeepSummary(QueryJobSummary summary)
    {
        FieldCompletion.Offer(Session.Fields);
        summary.Name = NameOfQuery;
        NamedVariable.Keep(SessionState, SummaryVariable, summary, appends: _hasSummary);
        _hasSummary = true;
    }

    private PageReader Reader(ISearch search)
    {
        var schema = search.Schema;
        var builder = new EventBuilder(schema, Kept, ExcludeProperty, Session.Fields, ConnectableSystem.Of(SystemName).TypeNameOf(schema))
        {
            Times = IsoTimes.For(schema, TimestampFormat),
        };
        var added = SourceProperty is null && AnchorId is null
            ? null
            : new AddedProperties(SourceProperty, property => Source(property, search), AnchorId);
        return new PageReader(part => Emit(part, builder, added), () =>
        {
            builder.Report(Signals);
            added?.Report(Signals);
        })
        {
            Objects = AsPage ? null : new ObjectsAhead(builder, Runspace.DefaultRunspace),
        };
    }

    private object? Source(SourceProperty property, ISearch search) => property switch
    {
        LogScalePaging.SourceProperty.Query => NameOfQuery ?? search.Identity.Query,
        LogScalePaging.SourceProperty.Repository => search.Identity.Repository,
        LogScalePaging.SourceProperty.Tenant => search.Identity.Tenant,
        _ => AnchorId,
    };

    private void Emit(PagePart part, EventBuilder builder, AddedProperties? added)
    {
        var items = part.Page.Items;
        if (AsPage)
        {
            var page = new RecordPage([.. items.Select(r => With(added, builder.Build(in r), in r))], part.Page.Next, part.Page.Info);
            part.PassedOn = items.Count;
            WriteObject(page);
            return;
        }
        for (var i = 0; i < part.Objects.Count; i++)
        {
            var record = items[part.From + i];
            var made = With(added, part.Objects[i], in record);
            part.PassedOn = i + 1;
            WriteObject(made);
        }
    }

    private static PSObject With(AddedProperties? added, PSObject made, in Record record) =>
        added is null ? made : added.AddTo(made, in record);
}
