using System.Runtime.InteropServices;
using LogScalePaging.Diagnostics;

namespace LogScalePaging.Transport.Http;

/// <summary>Makes the message that the HTTP stack sends. A message is sent once. A retry gets a new one.</summary>
internal static class RequestMessage
{
    /// <param name="options">The options of the connection.</param>
    /// <param name="request">The request.</param>
    /// <param name="method">Its method, which a redirect can change.</param>
    /// <param name="token">The token; empty for none.</param>
    /// <param name="sending">Called right before the body is sent; null for no call.</param>
    public static HttpRequestMessage Create(ApiTransportOptions options, ApiRequest request, HttpMethod method, string token,
        Action? sending)
    {
        var message = new HttpRequestMessage { Method = method };
        var headers = message.Headers;
        if (request.Authorization is { } authorization)
            headers.TryAddWithoutValidation("Authorization", authorization);
        else if (token.Length > 0)
            headers.TryAddWithoutValidation(options.TokenHeader, options.TokenPrefix + token);
        headers.TryAddWithoutValidation("Accept", request.Accept);
        headers.TryAddWithoutValidation("User-Agent", ToolInfo.NameAndVersion);
        foreach (var header in options.Headers)
            headers.TryAddWithoutValidation(header.Key, header.Value);
        // By default .NET Framework asks before it sends a body, which costs a round trip and confuses proxies.
        headers.ExpectContinue = false;
        // After a 303 the method is GET, and there is no body.
        if (request.Body is { } body && method == request.Method)
        {
            var bytes = MemoryMarshal.TryGetArray(body, out var array) ? array : new ArraySegment<byte>(body.ToArray());
            message.Content = sending is null
                ? new ByteArrayContent(bytes.Array!, bytes.Offset, bytes.Count)
                : new AnnouncedContent(bytes, sending);
            message.Content.Headers.TryAddWithoutValidation("Content-Type", request.ContentType);
        }
        return message;
    }
}
