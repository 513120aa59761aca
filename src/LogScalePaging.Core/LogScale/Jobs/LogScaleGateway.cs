namespace LogScalePaging.LogScale.Jobs;

/// <summary>A gateway in front of LogScale, with a sign-in of its own. It says what differs from LogScale itself.</summary>
/// <param name="System">What answers, for a person, such as <c>NG-SIEM</c>.</param>
/// <param name="PathPrefix">What stands before <c>api/v1</c> in every path, with a slash at its end.</param>
public sealed record LogScaleGateway(string System, string PathPrefix)
{
    /// <summary>The tenant whose data are read; null for the account's own.</summary>
    public string? Tenant { get; init; }

    /// <summary>Says that the gateway does not stream a result, and what to use.</summary>
    public required string NoStream { get; init; }

    /// <summary>Says what the account lacks when it may not search a repository, from its name and the HTTP status.</summary>
    public required Func<string, int?, string> Forbidden { get; init; }
}
