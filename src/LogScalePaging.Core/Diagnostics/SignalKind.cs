namespace LogScalePaging.Diagnostics;

/// <summary>The kinds of signals. Manifests and metrics contain these names: do not rename them.</summary>
public enum SignalKind
{
    /// <summary>One HTTP request and its answer.</summary>
    Request,
    /// <summary>A query job was created.</summary>
    JobCreated,
    /// <summary>A query job was deleted.</summary>
    JobDeleted,
    /// <summary>A query job expired or was cancelled on the server before it was read.</summary>
    JobExpired,
    /// <summary>A query job was created again at the same position.</summary>
    JobRecreated,
    /// <summary>The answer to a create request was lost. The server may have a job that this client does not know; it expires.</summary>
    JobOrphaned,
    /// <summary>The answer did not say how to continue, although items are missing.</summary>
    ContinuationMissing,
    /// <summary>The token of the next page expired before it was used.</summary>
    ContinuationExpired,
    /// <summary>The size of the result in the answers changed during the walk.</summary>
    TotalChanged,
    /// <summary>The requested details did not have a listed record.</summary>
    DetailsMissing,
    /// <summary>An access token was renewed.</summary>
    TokenRefreshed,
    /// <summary>The server asked to slow down.</summary>
    RateLimited,
    /// <summary>A request was retried.</summary>
    Retried,
    /// <summary>A window was read again, because its rows do not agree with its count or with each other.</summary>
    WindowReread,
    /// <summary>An answer was requested again, because its rows do not agree with its own numbers or with the count.</summary>
    AnswerReread,
    /// <summary>A heartbeat of a query job failed.</summary>
    HeartbeatFailed,
    /// <summary>A count that should prove the result failed.</summary>
    CountFailed,
    /// <summary>The server was asked how large its result buffer can be made.</summary>
    BufferProbed,
    /// <summary>A part of a count histogram was counted in smaller steps.</summary>
    HistogramRefined,
    /// <summary>The result could not be verified, and why.</summary>
    Unverified,
    /// <summary>The server no longer answers. Requests wait for a while.</summary>
    ServerGone,
    /// <summary>Repeated items were dropped.</summary>
    DuplicateDropped,
    /// <summary>A larger page was requested, because the first one had no new item.</summary>
    PageWidened,
    /// <summary>A window with too many events was split in two.</summary>
    WindowSplit,
    /// <summary>A window could not be read.</summary>
    WindowFailed,
    /// <summary>Events reached the range while the walk ran, and are not in the result.</summary>
    LateArrival,
    /// <summary>The result is known to be incomplete.</summary>
    PartialResult,
    /// <summary>The server added a warning to its answer.</summary>
    ServerWarning,
    /// <summary>A strategy was chosen, and why.</summary>
    StrategyChosen,
    /// <summary>The relative time range was replaced by the absolute one of the first job.</summary>
    RangePinned,
    /// <summary>Certificates are not checked.</summary>
    CertificateCheckSkipped,
    /// <summary>A walk continued from a checkpoint.</summary>
    Resumed,
    /// <summary>Cells of a csv begin like a spreadsheet formula.</summary>
    FormulaLikeCell,
    /// <summary>Csv columns whose names a common reader misreads or refuses.</summary>
    AmbiguousColumn,
    /// <summary>A requested field has no value in any event.</summary>
    EmptyField,
    /// <summary>Events hold bytes that are not valid UTF-8.</summary>
    InvalidUtf8,
    /// <summary>The walk ended, and why.</summary>
    Ended,
    /// <summary>Times that could not be converted to ISO 8601 stay as the server sent them.</summary>
    TimeNotConverted,
    /// <summary>A plan has fewer slices than requested.</summary>
    PlanSmaller,
}
