using System.Collections.Concurrent;
using System.Net;

namespace LogScalePaging.Transport.Http;

/// <summary>
/// Keeps the cookies of a connection: a load balancer tells by them which of its servers has a query job. Each server has a jar of its
/// own, so that a cookie goes back to the scheme, host and port that set it and nowhere else, whatever domain it names.
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

    // The container bounds how many cookies it keeps, and their length.
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
                // It is for another host, or is no cookie. The answer is good without it.
            }
        }
    }
}
