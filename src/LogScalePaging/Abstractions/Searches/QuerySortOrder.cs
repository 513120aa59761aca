namespace LogScalePaging;

/// <summary>Order of rows in a job's buffer.</summary>
public enum QuerySortOrder
{
    /// <summary>Largest first, which is the server's default.</summary>
    Descending,
    /// <summary>Smallest first.</summary>
    Ascending,
}
