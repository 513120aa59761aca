namespace LogScalePaging.Records;

/// <summary>What an <see cref="IdentitySet"/> knows of an item.</summary>
public enum Sighting
{
    /// <summary>The item is new.</summary>
    New,
    /// <summary>An item of the same id was there, with other bytes: another row of the same event.</summary>
    KnownId,
    /// <summary>The item was there, the same in every byte.</summary>
    Known,
    /// <summary>The item has no id, so it cannot be told whether it was there.</summary>
    Unknown,
}
