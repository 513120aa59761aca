namespace LogScalePaging.Simulator;

/// <summary>The ways in which a request can go wrong.</summary>
public enum FaultKind
{
    /// <summary>An answer with a given status, body and headers; the request is not handled.</summary>
    Status,

    /// <summary>The connection is reset (RST) before the request is handled: no job is created.</summary>
    ResetBefore,

    /// <summary>The request is handled (a job is created or deleted), then the connection is reset without an answer.</summary>
    ResetAfter,

    /// <summary>The body ends early: it is shorter than its Content-Length, or the last chunk is missing.</summary>
    CutBody,

    /// <summary>No answer until the client gives up or the simulator is disposed.</summary>
    Hang,

    /// <summary>200 with the HTML of a sign-in page.</summary>
    Html,

    /// <summary>The job expires right before the request, which then finds nothing (404).</summary>
    ExpireJob,

    /// <summary>The poll answers <c>cancelled=true, done=true</c>, without events.</summary>
    CancelledResult,

    /// <summary>The poll answers <c>done=true</c> with no events, but <c>hasMoreEvents="true"</c>.</summary>
    EmptyWithMore,

    /// <summary>200 and JSON that cannot be parsed.</summary>
    WrongJson,

    /// <summary>The body has a limited number of bytes per second.</summary>
    SlowBody,

    /// <summary>The poll says that the job is not done yet.</summary>
    NotDone,

    /// <summary>200 with <c>errors</c> in the JSON, as the gateway sometimes sends refusals.</summary>
    ErrorsInOk,
}
