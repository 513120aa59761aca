using System.ComponentModel;
using System.Management.Automation;
using LogScalePaging.Search;

namespace LogScalePaging.Commands;

/// <summary>The shared parameters of cmdlets that retrieve every record of a search, for every system.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class SearchCommandBase : ConnectedCommandBase
{
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

    /// <summary>Skip the count. The state is then Unverified.</summary>
    [Parameter]
    public SwitchParameter NoVerify { get; set; }

    /// <summary>End with a terminating error unless the state is Complete.</summary>
    [Parameter]
    public SwitchParameter RequireComplete { get; set; }

    // With tenants, the error comes after the last tenant.
    private protected override bool GoesOnAfterFailure => !RequireComplete || Tenants.IsGiven;

    /// <summary>Reads the child tenants of each input.</summary>
    private protected TenantInput Tenants => field ??= new TenantInput(this);

    /// <summary>Names of the fields to keep, from <see cref="Property"/>; null for all.</summary>
    private protected virtual IReadOnlyList<string>? Kept => Property;

    /// <summary>Name of the system that is searched, as checkpoints state it.</summary>
    private protected abstract string SystemName { get; }

    private protected override bool CanServe(ServerConnection connection) => !Tenants.IsGiven || connection is FalconConnection;

    /// <summary>The search that the parameters describe. <see cref="Request"/> adds what all systems have.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="resume">Whether an earlier run has pinned the range. The current meaning of a relative range is then ignored.</param>
    /// <exception cref="ArgumentException">A parameter is not valid. The message says why.</exception>
    private protected abstract SearchRequest Describe(ServerConnection connection, bool resume);

    /// <summary>The complete and valid request.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="limit">Maximum number of records; null for all.</param>
    /// <param name="resume">Whether an earlier run has pinned the range.</param>
    /// <exception cref="ArgumentException">A parameter is not valid. The message says why.</exception>
    private protected SearchRequest Request(ServerConnection connection, long? limit, bool resume = false)
    {
        if (RequireComplete && NoVerify)
            throw new ArgumentException("-RequireComplete requires the server's count. Remove -NoVerify.");
        var request = Describe(connection, resume) with { MaxEvents = limit, NoVerify = NoVerify };
        request.EnsureValid();
        return request;
    }
}
