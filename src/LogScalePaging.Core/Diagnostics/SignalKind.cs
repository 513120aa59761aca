namespace LogScalePaging.Diagnostics;

/// <summary>The happenings that a walk names. The names stand in manifests and metrics: do not rename them.</summary>
public enum SignalKind
{
    /// <summary>One HTTP request and its answer.</summary>
    Request,
    /// <summary>A query job was made.</summary>
    JobCreated,
    /// <summary>A query job was deleted.</summary>
    JobDeleted,
    /// <summary>A query job died on the server before it was read.</summary>
    JobExpired,
    /// <summary>A query job was made again from the same position.</summary>
    JobRecreated,
    /// <summary>A create request was lost on the wire: the server may hold a job that nobody knows; it dies by itself.</summary>
    JobOrphaned,
    /// <summary>A token that should lead on was not there although items are missing.</summary>
    ContinuationMissing,
    /// <summary>A token that leads on to the next page expired before it was used.</summary>
    ContinuationExpired,
    /// <summary>The size of the result that the answers state changed during the walk.</summary>
    TotalChanged,
    /// <summary>A record that a list names was not among the details that were asked for.</summary>
    DetailsMissing,
    /// <summary>An access token was renewed.</summary>
    TokenRefreshed,
    /// <summary>The server asked to slow down.</summary>
    RateLimited,
    /// <summary>A request was repeated.</summary>
    Retried,
    /// <summary>A window was read again, because its rows do not agree with its count or with each other.</summary>
    WindowReread,
    /// <summary>An answer was asked for again, because it holds other rows than it says or than were counted.</summary>
    AnswerReread,
    /// <summary>A heartbeat of a query job failed.</summary>
    HeartbeatFailed,
    /// <summary>A count that should prove the result failed.</summary>
    CountFailed,
    /// <summary>The server was asked how far it lets its result buffer be widened.</summary>
    BufferProbed,
    /// <summary>A count histogram was looked at more closely.</summary>
    HistogramRefined,
    /// <summary>The result could not be verified, and why.</summary>
    Unverified,
    /// <summary>Nothing answers any more: requests are held back for a while.</summary>
    ServerGone,
    /// <summary>Repeated items were dropped.</summary>
    DuplicateDropped,
    /// <summary>A page was asked for again in a larger size, because the first held nothing new.</summary>
    PageWidened,
    /// <summary>An overfull window was cut in two.</summary>
    WindowSplit,
    /// <summary>A window could not be read.</summary>
    WindowFailed,
    /// <summary>Events reached the range while the walk ran, and are not in the result.</summary>
    LateArrival,
    /// <summary>The result is known to be less than what matches.</summary>
    PartialResult,
    /// <summary>The server added a warning to its answer.</summary>
    ServerWarning,
    /// <summary>A strategy was chosen, and why.</summary>
    StrategyChosen,
    /// <summary>The relative time range was replaced by the absolute one of the first job.</summary>
    RangePinned,
    /// <summary>Certificates are not checked.</summary>
    CertificateCheckSkipped,
    /// <summary>A walk went on from a checkpoint.</summary>
    Resumed,
    /// <summary>Cells of a csv begin like a spreadsheet formula.</summary>
    FormulaLikeCell,
    /// <summary>Columns of a csv are named so that a common reader confuses or refuses them.</summary>
    AmbiguousColumn,
    /// <summary>A field that was asked for has no value in any event.</summary>
    EmptyField,
    /// <summary>Events hold bytes that are not valid UTF-8.</summary>
    InvalidUtf8,
    /// <summary>The walk ended, and why.</summary>
    Ended,
}
