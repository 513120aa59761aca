using System.ComponentModel;
using System.Management.Automation;
using LogScalePaging.Events;
using LogScalePaging.Falcon;
using LogScalePaging.Paging;
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
            result => NamedVariable.Keep(SessionState, SummaryVariable, result));
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
        return new TenantVerdict(tenant.Cid, (CompletenessState)Enum.Parse(typeof(CompletenessState), summary.State), summary.Reason)
        {
            Records = summary.Received,
            Failed = summary.IsBroken,
        };
    }

    private PageReader Reader(RecordSchema schema)
    {
        var builder = new EventBuilder(schema, Kept, ExcludeProperty, Session.Fields, ConnectableSystem.Of(SystemName).TypeNameOf(schema));
        return new PageReader(page => Emit(page, builder), () => builder.Report(Signals));
    }

    private void Emit(Page<Record> page, EventBuilder builder)
    {
        if (AsPage)
        {
            WriteObject(new RecordPage([.. page.Items.Select(r => builder.Build(in r))], page.Next, page.Info));
            return;
        }
        foreach (var record in page.Items)
            WriteObject(builder.Build(in record));
    }
}
