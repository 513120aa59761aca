using System.ComponentModel;
using System.Management.Automation;
using LogScalePaging.Records;
using LogScalePaging.Search;

namespace LogScalePaging.Commands;

/// <summary>The shared parameters of cmdlets that retrieve every record of a search, for every system.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class SearchCommandBase : ConnectedCommandBase
{
    /// <summary>Name of the query, for summaries, paths and properties.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("QueryName")]
    [ValidateNotNullOrEmpty]
    public virtual string? Name { get; set; }

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

    /// <summary>How the times of records are written.</summary>
    [Parameter]
    public TimestampFormat TimestampFormat { get; set; }

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

    /// <summary>The file with the query, as the user named it; null for none.</summary>
    private protected virtual string? FileOfQuery => null;

    /// <summary>
    /// Name of the query: the given one, or that of its file; null for none. The name of a child tenant of the pipeline is not one.
    /// </summary>
    private protected string? NameOfQuery =>
        FileOfQuery is { } file && (GivenName is null || GivenName == Path.GetFileName(file)) ? QueryFile.NameOf(file) : GivenName;

    private string? GivenName => PipedInto(nameof(Name)) is { } input && FalconChildCid.Is(input) ? null : Name;

    /// <summary>
    /// The file that was piped to a parameter for a query, or named by the object that was piped; null for none. PowerShell converts both
    /// to
    /// text, which would be the query.
    /// </summary>
    private protected string? PipedFile(string parameter) => PipedInto(parameter) switch
    {
        { BaseObject: FileSystemInfo file } => file.FullName,
        { BaseObject: PSCustomObject } input when input.Properties[parameter] is null => input.Properties["QueryFile"]?.Value?.ToString(),
        _ => null,
    };

    /// <summary>The text of the query: that of the file, if there is one.</summary>
    /// <param name="query">The value of <c>-Query</c>.</param>
    /// <param name="names">The name of the parameter and its aliases.</param>
    /// <exception cref="ArgumentException">
    /// The file has no query, or the object of the pipeline is not a query. The message says why.
    /// </exception>
    private protected string? TextOf(string? query, params string[] names)
    {
        if (FileOfQuery is { } file)
            return QueryFile.Read(FilePath.Resolve(this, file));
        // PowerShell converts every object to text, such as @{Name=x}, which would be a query that matches nothing.
        if (query is not null && PipedInto(names[0]) is { BaseObject: not (string or ValueType) } input
            && names.All(name => input.Properties[name] is null))
        {
            throw new ArgumentException(
                $"The input of type {input.TypeNames.FirstOrDefault()} is not a query. Pipe text, files, or objects with the "
                + $"property {names[0]}.");
        }
        return query;
    }

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
