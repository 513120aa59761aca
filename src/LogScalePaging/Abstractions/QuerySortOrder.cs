namespace LogScalePaging;

/// <summary>Order of rows in a job's buffer.</summary>
public enum QuerySortOrder
{
    /// <summary>Largest first, as the server has it unless told otherwise.</summary>
    Descending,
    /// <summary>Smallest first.</summary>
    Ascending,
}
