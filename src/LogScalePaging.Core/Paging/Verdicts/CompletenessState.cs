namespace LogScalePaging.Paging.Verdicts;

/// <summary>Whether a result has all matching events.</summary>
public enum CompletenessState
{
    /// <summary>The count agrees.</summary>
    Complete,
    /// <summary>The count does not agree, or the walk broke off.</summary>
    Incomplete,
    /// <summary>The count failed, or was not requested.</summary>
    Unverified,
}
