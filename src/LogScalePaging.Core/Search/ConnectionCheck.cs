using LogScalePaging.Diagnostics;
using LogScalePaging.Transport.Errors;
using LogScalePaging.Transport.Http;

namespace LogScalePaging.Search;

/// <summary>What a test of a connection found. A null says that an earlier step failed, or that the server does not tell.</summary>
/// <param name="IsReachable">The server answered.</param>
/// <param name="IsTokenAccepted">The server accepts the token.</param>
/// <param name="IsSearchable">The repository exists and the token may search it; null also if no repository was tested.</param>
internal sealed record ConnectionCheck(bool IsReachable, bool? IsTokenAccepted, bool? IsSearchable)
{
    /// <summary>The failure; null if all steps were successful.</summary>
    public ApiException? Failure { get; init; }

    /// <summary>Tests a connection. A failed step is a result, not an exception.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="repository">Repository or data set; null for the default of the connection.</param>
    /// <param name="signals">The log that receives signals.</param>
    /// <param name="cancellationToken">Ends any wait at once.</param>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public static async Task<ConnectionCheck> RunAsync(
        SearchConnection connection, string? repository, SignalLog signals, CancellationToken cancellationToken)
    {
        try
        {
            await ReachAsync(connection, signals, cancellationToken).ConfigureAwait(false);
            var searched = await connection.ProbeAsync(repository, signals, cancellationToken).ConfigureAwait(false);
            return new ConnectionCheck(IsReachable: true, IsTokenAccepted: true, searched ? true : null);
        }
        catch (ApiException e)
        {
            return Of(e, connection) with { Failure = e };
        }
    }

    // One request without retries, so that the answer about a wrong address comes soon. Any answer is good, also an error.
    internal static async Task ReachAsync(SearchConnection connection, SignalLog signals, CancellationToken cancellationToken)
    {
        try
        {
            var request = new ApiRequest(HttpMethod.Get, "") { Retry = false };
            await connection.Transport.With(signals).SendAsync(request, static (_, _) => Task.FromResult(true),
                cancellationToken).ConfigureAwait(false);
        }
        catch (ApiException e) when (IsAnswer(e.Kind) && !e.IsSignIn)
        {
        }
    }

    private static ConnectionCheck Of(ApiException failure, SearchConnection connection) => failure.Kind switch
    {
        var kind when !IsAnswer(kind) => new(IsReachable: false, null, null),
        ApiErrorKind.Unauthorized => new(IsReachable: true, IsTokenAccepted: false, null),
        // A refused sign-in has several statuses.
        ApiErrorKind.Forbidden or ApiErrorKind.BadRequest when failure.IsSignIn => new(IsReachable: true, IsTokenAccepted: false, null),
        ApiErrorKind.Forbidden => new(IsReachable: true, connection.ForbiddenMeansKnownToken ? true : null, IsSearchable: false),
        ApiErrorKind.NotFound or ApiErrorKind.BadRequest
            when !failure.IsSignIn => new(IsReachable: true, IsTokenAccepted: true, IsSearchable: false),
        _ => new(IsReachable: true, null, null),
    };

    private static bool IsAnswer(ApiErrorKind kind) => kind is not (ApiErrorKind.ConnectionFailed or ApiErrorKind.TlsFailed
        or ApiErrorKind.ConnectionLost or ApiErrorKind.Timeout or ApiErrorKind.Closed);
}
