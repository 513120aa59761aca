namespace LogScalePaging;

/// <summary>What a search adds to each of its events, to tell the events of several searches apart.</summary>
public enum SourceProperty
{
    /// <summary>The name of the query, or its text if it has no name: <c>SourceQuery</c>.</summary>
    Query,

    /// <summary>Repository, dataset or endpoint: <c>SourceRepository</c>.</summary>
    Repository,

    /// <summary>The tenant; null for the account's own data: <c>SourceTenant</c>.</summary>
    Tenant,

    /// <summary>The <c>@id</c> of the event that was searched around; null for another search: <c>SourceAnchor</c>.</summary>
    Anchor,
}
