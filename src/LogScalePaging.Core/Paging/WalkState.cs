namespace LogScalePaging.Paging;

/// <summary>The state of a walk for the decision how to continue.</summary>
/// <param name="Fresh">New items of the page.</param>
/// <param name="Received">All items so far, with those of the page, without duplicates.</param>
/// <param name="Expected">Expected number of items, if there is a count.</param>
/// <param name="Repeated">Known items of the page.</param>
internal readonly record struct WalkState(int Fresh, long Received, long? Expected, int Repeated = 0)
{
    /// <summary>True if the count is known and reached.</summary>
    public bool CountReached => Received >= Expected;
}
