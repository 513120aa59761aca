using LogScalePaging.Transport.Secrets;

namespace LogScalePaging.Transport.Http;

/// <summary>
/// Finds the secrets of proxies. The runtime reads them from options or the environment, and shows them in its messages.
/// </summary>
internal static class ProxySecrets
{
    private static readonly string[] s_variables = ["HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY"];

    /// <summary>Passes user and password of every proxy that a connection may use to a cleaner.</summary>
    /// <param name="options">The options of the connection.</param>
    /// <param name="environment">Reads an environment variable.</param>
    public static void Keep(ApiTransportOptions options, Func<string, string?> environment)
    {
        if (options.ProxyCredential is { } credential)
        {
            options.Secrets.Keep(credential.UserName, credential.Password);
            if (credential.Domain.Length > 0)
                options.Secrets.Keep($"{credential.Domain}\\{credential.UserName}", credential.Password);
        }
        foreach (var variable in s_variables)
        {
            Keep(options.Secrets, environment(variable));
            Keep(options.Secrets, environment(variable.ToLowerInvariant()));
        }
    }

    private static void Keep(SecretCleaner secrets, string? proxy)
    {
        if (proxy is null)
            return;
        var scheme = proxy.IndexOf("://", StringComparison.Ordinal);
        var start = scheme < 0 ? 0 : scheme + 3;
        var end = proxy.LastIndexOf('@');
        if (end <= start)
            return;
        var (user, password) = Parts(proxy.Substring(start, end - start));
        secrets.Keep(user, password);
        secrets.Keep(Uri.UnescapeDataString(user), Uri.UnescapeDataString(password));
    }

    private static (string User, string Password) Parts(string text)
    {
        var colon = text.IndexOf(':');
        return colon < 0 ? (text, "") : (text.Substring(0, colon), text.Substring(colon + 1));
    }
}
