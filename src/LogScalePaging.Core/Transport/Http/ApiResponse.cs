using LogScalePaging.Diagnostics;
using LogScalePaging.Transport.Errors;

namespace LogScalePaging.Transport.Http;

/// <summary>A good answer while it is being read.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Body">The body, decompressed; reading it throws <see cref="ApiException"/> when the connection breaks.</param>
public sealed record ApiResponse(int Status, Stream Body)
{
    /// <summary>Media type of the body, such as <c>application/json</c>.</summary>
    public string? ContentType { get; init; }

    /// <summary>The server's trace id.</summary>
    public string? TraceId { get; init; }

    /// <summary>The Falcon cloud that the answer names as the account's home.</summary>
    public string? Region { get; init; }

    /// <summary>The server's clock when it answered, to the second.</summary>
    public DateTimeOffset? Date { get; init; }

    /// <summary>
    /// When the request of this answer was sent, by the monotonic clock and by the system clock. Earlier attempts do not count.
    /// </summary>
    internal (long Timestamp, DateTimeOffset Moment) Sent { get; init; }

    /// <summary>The rate limit as the headers stated it.</summary>
    public RateLimit? RateLimit { get; init; }

    /// <summary>Reads the body to its end. The transport limits its size.</summary>
    internal async Task<byte[]> BytesAsync(CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        await Body.CopyToAsync(bytes, 80 * 1024, cancellationToken).ConfigureAwait(false);
        return bytes.ToArray();
    }
}
