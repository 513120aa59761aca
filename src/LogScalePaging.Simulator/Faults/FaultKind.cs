namespace LogScalePaging.Simulator;

/// <summary>The ways in which a request can go wrong.</summary>
public enum FaultKind
{
    /// <summary>An answer with a given status, body and headers; the request is not handled.</summary>
    Status,

    /// <summary>The connection is reset (RST) before the request is handled: no job is made.</summary>
    ResetBefore,

    /// <summary>The request is handled (a job is made, or deleted), then the connection is reset without an answer.</summary>
    ResetAfter,

    /// <summary>The body ends early: the promised Content-Length is not kept, or the last chunk never comes.</summary>
    CutBody,

    /// <summary>No answer until the client gives up or the simulator is disposed.</summary>
    Hang,

    /// <summary>200 with the HTML of a sign-in page.</summary>
    Html,

    /// <summary>The job dies right before the request, which then finds nothing (404).</summary>
    ExpireJob,

    /// <summary>The poll answers <c>cancelled=true, done=true</c>, without events.</summary>
    CancelledResult,

    /// <summary>The poll answers <c>done=true</c> with no events, yet <c>hasMoreEvents="true"</c>.</summary>
    EmptyWithMore,

    /// <summary>200 and JSON that cannot be parsed.</summary>
    WrongJson,

    /// <summary>The body comes at a given number of bytes a second.</summary>
    SlowBody,

    /// <summary>The poll says once more that the job is not done.</summary>
    NotDone,

    /// <summary>200 whose JSON holds <c>errors</c>, as the gateway puts its refusals at times.</summary>
    ErrorsInOk,
}
