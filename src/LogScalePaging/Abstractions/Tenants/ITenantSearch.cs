namespace LogScalePaging.Commands;

/// <summary>The parameter of a cmdlet that can search child tenants.</summary>
internal interface ITenantSearch
{
    /// <summary>CIDs as they are written. Texts can be null or empty when they come from the pipeline.</summary>
    string[]? MemberCid { get; }
}
