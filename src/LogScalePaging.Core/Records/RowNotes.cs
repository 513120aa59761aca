namespace LogScalePaging.Records;

/// <summary>Observations about the rows that were kept. They affect what the number of rows proves.</summary>
/// <param name="Late">Rows whose ingest time is certainly after the count of the range.</param>
/// <param name="PossiblyLate">Rows whose ingest time may be after that count, including <paramref name="Late"/>.</param>
/// <param name="RepeatedIds">Rows that share their id and time with another row but differ from it in other bytes.</param>
/// <param name="WithoutId">Rows without an id.</param>
/// <param name="OutsideRange">Rows whose time is outside the range, although the query does not write it.</param>
public readonly record struct RowNotes(long Late = 0, long PossiblyLate = 0, long RepeatedIds = 0, long WithoutId = 0,
    long OutsideRange = 0)
{
    /// <summary>
    /// Rows in the part of the range that can still change. Not saved in a checkpoint: a resumed run counts the whole range again.
    /// </summary>
    internal long Recent { get; init; }

    /// <summary>The notes of two sets of rows.</summary>
    public static RowNotes operator +(RowNotes left, RowNotes right) => new(
        left.Late + right.Late,
        left.PossiblyLate + right.PossiblyLate,
        left.RepeatedIds + right.RepeatedIds,
        left.WithoutId + right.WithoutId,
        left.OutsideRange + right.OutsideRange)
    { Recent = left.Recent + right.Recent };

    /// <summary>The notes of <paramref name="left"/> without those of <paramref name="right"/>, which are part of them.</summary>
    public static RowNotes operator -(RowNotes left, RowNotes right) => new(
        left.Late - right.Late,
        left.PossiblyLate - right.PossiblyLate,
        left.RepeatedIds - right.RepeatedIds,
        left.WithoutId - right.WithoutId,
        left.OutsideRange - right.OutsideRange)
    { Recent = left.Recent - right.Recent };
}
