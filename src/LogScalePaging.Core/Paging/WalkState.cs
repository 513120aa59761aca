namespace LogScalePaging.Paging;

/// <summary>What a walk knows when it decides where to go.</summary>
/// <param name="Fresh">Items of the page that were not known before.</param>
/// <param name="Received">All items so far, those of the page included, duplicates not.</param>
/// <param name="Expected">How many there should be in all, where a count was had.</param>
/// <param name="Repeated">Items of the page that were known before.</param>
public readonly record struct WalkState(int Fresh, long Received, long? Expected, int Repeated = 0)
{
    /// <summary>True when the count is known and reached.</summary>
    public bool CountReached => Received >= Expected;
}
