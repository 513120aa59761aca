namespace LogScalePaging.Simulator;

/// <summary>The kind of a request, according to method, path and query.</summary>
public enum RequestKind
{
    /// <summary>A path that is not part of the API.</summary>
    Other,
    Status,
    Create,

    /// <summary>Reads a job's result, in any format.</summary>
    Poll,

    /// <summary>A poll with <c>onlyHeartbeat=true</c>.</summary>
    Heartbeat,
    Delete,

    /// <summary>The streaming <c>/query</c> endpoint.</summary>
    Query,

    /// <summary>Requests a token from the gateway.</summary>
    Token,

    /// <summary>Revokes a token.</summary>
    Revoke,

    /// <summary>A list of Falcon's REST API.</summary>
    Rest,

    /// <summary>The full records for ids of Falcon's REST API.</summary>
    RestDetails,
}
