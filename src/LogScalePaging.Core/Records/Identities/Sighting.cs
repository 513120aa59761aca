namespace LogScalePaging.Records.Identities;

/// <summary>What an <see cref="IdentitySet"/> knows of an item.</summary>
internal enum Sighting
{
    /// <summary>The item is new.</summary>
    New,
    /// <summary>There was an item with the same id but other bytes: another row of the same event.</summary>
    KnownId,
    /// <summary>There was an item that is equal in every byte.</summary>
    Known,
    /// <summary>The item has no id, so it is not known whether it is a repeat.</summary>
    Unknown,
}
