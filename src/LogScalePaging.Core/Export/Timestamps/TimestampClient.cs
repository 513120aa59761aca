#if NET8_0_OR_GREATER
using LogScalePaging.Diagnostics;
using LogScalePaging.Transport;
using LogScalePaging.Transport.Errors;
using LogScalePaging.Transport.Http;
using LogScalePaging.Transport.Tokens;

namespace LogScalePaging.Export.Timestamps;

/// <summary>Asks an authority for a timestamp over HTTP. Only a hash and a random number are sent.</summary>
internal static class TimestampClient
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(30);

    /// <summary>Gets a timestamp of a content, and checks it.</summary>
    /// <param name="server">The address of the authority.</param>
    /// <param name="content">The content.</param>
    /// <param name="basis">The proxy, the trusted certificates and the clock of another connection; null for the defaults.</param>
    /// <param name="signals">Receives the signals of the request.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The answer of the authority, as it was received.</returns>
    /// <exception cref="ApiException">The request failed, or the answer is not a valid timestamp of the content.</exception>
    public static async Task<byte[]> StampAsync(Uri server, byte[] content, ApiTransportOptions? basis, SignalLog signals,
        CancellationToken cancellationToken)
    {
        var request = TimestampToken.Request(content);
        using var transport = new ApiTransport(Options(server, basis, signals));
        // A base URL ends with a slash. The address of an authority may end without one, so its path is part of the request.
        var call = new ApiRequest(HttpMethod.Post, server.PathAndQuery.TrimStart('/'))
        {
            Body = request.Encode(),
            ContentType = "application/timestamp-query",
            Accept = "application/timestamp-reply",
        };
        var answer = await transport.SendAsync(call, static (response, token) => response.BytesAsync(token),
            cancellationToken).ConfigureAwait(false);
        if (TimestampToken.Problem(request, answer, content) is { } problem)
            throw new ApiException(ApiErrorKind.InvalidAnswer, $"The timestamp server {transport.Host} sent no valid timestamp. {problem}");
        return answer;
    }

    private static ApiTransportOptions Options(Uri server, ApiTransportOptions? basis, SignalLog signals) => new()
    {
        BaseUrl = new Uri(server.GetLeftPart(UriPartial.Authority)),
        // The authority gets no credential of the searched server. The timestamp is signed, so http is allowed.
        Tokens = NoTokenSource.Instance,
        AllowUnencryptedAuthentication = true,
        Proxy = basis?.Proxy,
        ProxyCredential = basis?.ProxyCredential,
        CaBundle = basis?.CaBundle,
        SkipCertificateCheck = basis?.SkipCertificateCheck ?? false,
        Time = basis?.Time ?? TimeProvider.System,
        Timeout = s_timeout,
        MaxRetryCount = 2,
        RetryBudget = s_timeout,
        Signals = signals,
    };
}
#endif
