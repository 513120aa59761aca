namespace LogScalePaging.Simulator;

/// <summary>
/// The ways in which an answer can be wrong but look right. Amount is <see cref="AnswerFault.Amount"/>. Kinds marked "of a job" are
/// decided once per job, so that all its polls agree. All others are decided for each poll.
/// </summary>
public enum AnswerFaultKind
{
    /// <summary>Events of a millisecond have another order in each poll, so that slices of one result repeat and skip rows.</summary>
    ShuffledInstants,

    /// <summary>
    /// Amount pairs of rows are exchanged in each poll, regardless of their times, so that slices of one result repeat and skip rows, and
    /// their order does not match.
    /// </summary>
    ExchangedRows,

    /// <summary>Amount rows come twice, and Amount others are missing: the number of rows does not change.</summary>
    ReplacedRow,

    /// <summary>Amount rows are missing, but <c>eventCount</c> still counts them.</summary>
    DroppedRow,

    /// <summary>Amount rows are repeated, but <c>eventCount</c> does not count them.</summary>
    RepeatedRow,

    /// <summary>Of a job: Amount rows are missing, and <c>eventCount</c> does not count them either.</summary>
    LostRow,

    /// <summary>Of a job, or of a stream: Amount invented rows follow the true ones, all with the time of the last row.</summary>
    InventedRows,

    /// <summary>No <c>events</c> member.</summary>
    EventsAbsent,

    /// <summary><c>"events":null</c>.</summary>
    EventsNull,

    /// <summary><c>"events":{}</c>.</summary>
    EventsObject,

    /// <summary>Amount is added to <c>eventCount</c>, not below 0.</summary>
    EventCountOff,

    /// <summary>No <c>eventCount</c>.</summary>
    EventCountMissing,

    /// <summary><c>hasMoreEvents</c> is "true".</summary>
    HasMoreTrue,

    /// <summary><c>hasMoreEvents</c> is "false".</summary>
    HasMoreFalse,

    /// <summary>No <c>hasMoreEvents</c>.</summary>
    HasMoreMissing,

    /// <summary><c>isAggregate</c> is true for every query.</summary>
    SaysAggregate,

    /// <summary>Amount additional warnings. "{0}" in the text is replaced by a number that occurs once.</summary>
    Warnings,

    /// <summary>Of a job: Amount is added to <c>_count</c>, not below 0.</summary>
    CountOff,

    /// <summary>Of a job: up to Amount is added to or subtracted from <c>_count</c>. The change is never 0 if that is possible.</summary>
    CountRandom,

    /// <summary>Of a job: <c>_count</c> is 0.</summary>
    CountZero,

    /// <summary>The job is refused with 400.</summary>
    Refused,

    /// <summary>Of a job: up to Amount is added to or subtracted from each bar of a histogram.</summary>
    HistogramOff,

    /// <summary>Of a job: a histogram without bars.</summary>
    HistogramEmpty,

    /// <summary>Of a job: <c>queryStart</c> is 0.</summary>
    RangeFromZero,

    /// <summary>Of a job: <c>queryStart</c> and <c>queryEnd</c> are exchanged.</summary>
    RangeReversed,

    /// <summary>Of a job: <c>queryEnd</c> is 9e18, which is beyond every calendar.</summary>
    RangeBeyondCalendar,

    /// <summary>Of a job: <c>queryStart</c> is negative, before any calendar.</summary>
    RangeNegative,

    /// <summary>Of a job: both ends are moved by Amount milliseconds.</summary>
    RangeShifted,

    /// <summary>Of a job: neither <c>queryStart</c> nor <c>queryEnd</c>.</summary>
    RangeMissing,

    /// <summary>Of a job: <c>extraData.timeSettingsOverwrittenFromQuery</c> is "true".</summary>
    RangeOverwritten,
}
