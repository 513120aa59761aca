namespace LogScalePaging.LogScale.Jobs;

/// <summary>A gateway in front of LogScale, with its own sign-in. It has the differences from LogScale itself.</summary>
/// <param name="System">Name of the kind of server in messages, such as <c>NG-SIEM</c>.</param>
/// <param name="PathPrefix">The path before <c>api/v1</c>, with a slash at its end.</param>
public sealed record LogScaleGateway(string System, string PathPrefix)
{
    /// <summary>The tenant whose data are read; null for the account's own.</summary>
    public string? Tenant { get; init; }

    /// <summary>The message that the gateway does not stream a result, and what to use instead.</summary>
    public required string NoStream { get; init; }

    /// <summary>
    /// Makes the message for an account that may not search a repository, from the name of the repository and the HTTP status.
    /// </summary>
    public required Func<string, int?, string> Forbidden { get; init; }
}
