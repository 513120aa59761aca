using LogScalePaging.Search;

namespace LogScalePaging;

/// <summary>What <c>Test-LogScaleConnection</c> found. Null says that an earlier step failed, or that the server does not tell.</summary>
public sealed class ConnectionTest
{
    internal ConnectionTest(ServerConnection connection, string? repository, ConnectionCheck check, ConnectableSystem system)
    {
        (System, BaseUrl, Repository) = (connection.System, connection.BaseUrl, repository);
        (IsReachable, IsTokenAccepted, IsSearchable) = (check.IsReachable, check.IsTokenAccepted, check.IsSearchable);
        if (check.Failure is not { } failure)
            return;
        var error = ErrorRecords.Of(failure, connection, inScript: false, system);
        (ErrorId, Problem) = (error.FullyQualifiedErrorId, error.Exception.Message);
        RecommendedAction = error.ErrorDetails?.RecommendedAction;
    }

    /// <summary>True if all tests were successful.</summary>
    public bool IsSuccessful => ErrorId is null;

    /// <summary>Kind of server.</summary>
    public string System { get; }

    /// <summary>Base URL of the server.</summary>
    public string BaseUrl { get; }

    /// <summary>True if the server answered.</summary>
    public bool IsReachable { get; }

    /// <summary>True if the server accepts the token.</summary>
    public bool? IsTokenAccepted { get; }

    /// <summary>Repository, view or dataset that was tested; null if there is none.</summary>
    public string? Repository { get; }

    /// <summary>True if it exists and the token may search it.</summary>
    public bool? IsSearchable { get; }

    /// <summary>Id that the error would have; null for none.</summary>
    public string? ErrorId { get; }

    /// <summary>What the failed test found; null for none.</summary>
    public string? Problem { get; }

    /// <summary>What to do; null for nothing.</summary>
    public string? RecommendedAction { get; }

    /// <summary>Server and result.</summary>
    public override string ToString() => $"{BaseUrl}: {Problem ?? "the connection works"}";
}
