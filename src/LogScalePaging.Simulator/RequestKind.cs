namespace LogScalePaging.Simulator;

/// <summary>What a request asks for, as far as method, path and query tell.</summary>
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

    /// <summary>Asks the gateway for a token.</summary>
    Token,

    /// <summary>Takes a token back.</summary>
    Revoke,

    /// <summary>A list of Falcon's REST API.</summary>
    Rest,

    /// <summary>The whole records for ids of Falcon's REST API.</summary>
    RestDetails,
}
