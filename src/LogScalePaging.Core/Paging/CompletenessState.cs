namespace LogScalePaging.Paging;

/// <summary>Whether a result is all that matched.</summary>
public enum CompletenessState
{
    /// <summary>The count agrees.</summary>
    Complete,
    /// <summary>It does not, or the walk broke off.</summary>
    Incomplete,
    /// <summary>No count could be had, or none was wanted.</summary>
    Unverified,
}
