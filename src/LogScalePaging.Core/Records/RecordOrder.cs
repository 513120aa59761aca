namespace LogScalePaging.Records;

/// <summary>The order in which records are requested and kept.</summary>
public enum RecordOrder
{
    /// <summary>No record is newer than the one before it.</summary>
    NewestFirst,

    /// <summary>No record is older than the one before it.</summary>
    OldestFirst,

    /// <summary>As the server sends them. Their times say nothing about their position.</summary>
    AsSent,
}
