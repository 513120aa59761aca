using System.Collections.Concurrent;
using System.Net;

namespace LogScalePaging.Transport.Http;

/// <summary>
/// Keeps the cookies of a connection, because a load balancer uses them to find the server that has a query job. Each origin has its own
/// container, so that a cookie is sent only to the scheme, host and port that set it, even if it names another domain.
/// </summary>
internal sealed class CookieHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private readonly ConcurrentDictionary<string, CookieContainer> _jars = new(StringComparer.OrdinalIgnoreCase);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var url = request.RequestUri!;
        var server = url.GetLeftPart(UriPartial.Authority);
        if (_jars.TryGetValue(server, out var jar) && jar.GetCookieHeader(url) is { Length: > 0 } cookies)
            request.Headers.TryAddWithoutValidation("Cookie", cookies);
        var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (response.Headers.TryGetValues("Set-Cookie", out var values))
            Keep(_jars.GetOrAdd(server, static _ => new CookieContainer()), url, values);
        return response;
    }

    // The container limits the number and the length of cookies.
    private static void Keep(CookieContainer jar, Uri url, IEnumerable<string> values)
    {
        foreach (var value in values)
        {
            try
            {
                jar.SetCookies(url, value);
            }
            catch (CookieException)
            {
                // The cookie is for another host, or is not valid. The answer is good without it.
            }
        }
    }
}
