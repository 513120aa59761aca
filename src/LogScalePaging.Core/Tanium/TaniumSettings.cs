using System.Security;
using LogScalePaging.Tanium.Answers;
using LogScalePaging.Transport;
using LogScalePaging.Transport.Http;
using LogScalePaging.Transport.Secrets;
using LogScalePaging.Transport.Tokens;

namespace LogScalePaging.Tanium;

/// <summary>What is needed to connect to Tanium, from parameters and, where they are silent, from the environment.</summary>
public sealed record TaniumSettings
{
    /// <summary>Environment variable of the token.</summary>
    public const string TokenVariable = "TANIUM_TOKEN";

    /// <summary>Environment variable of the base URL.</summary>
    public const string UrlVariable = "TANIUM_URL";

    /// <summary>Base URL, such as <c>https://example-api.cloud.tanium.com</c>; null for <see cref="UrlVariable"/>.</summary>
    public string? BaseUrl { get; init; }

    /// <summary>API token or session; null for <see cref="TokenVariable"/>.</summary>
    public SecureString? Token { get; init; }

    /// <summary>PEM file of certificates to trust beside the system's.</summary>
    public string? CaBundle { get; init; }

    /// <summary>Connects: nothing is sent before the first search.</summary>
    /// <param name="environment">Reads an environment variable.</param>
    /// <param name="complete">Adds the rest of the transport's options.</param>
    /// <exception cref="ArgumentException">Something is missing or malformed; the message says what to give.</exception>
    public TaniumSearchConnection Connect(Func<string, string?> environment,
        Func<ApiTransportOptions, ApiTransportOptions>? complete = null)
    {
        string? Read(string name) => environment(name) is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;

        var url = BaseUrl ?? Read(UrlVariable)
            ?? throw new ArgumentException($"The server is missing. Use -BaseUrl (--base-url), or set {UrlVariable}.");
        var token = Token ?? SecretText.Protect(Read(TokenVariable))
            ?? throw new ArgumentException($"The token is missing. Use -Token (--token-file), or set {TokenVariable}.");
        var options = new ApiTransportOptions
        {
            BaseUrl = BaseUrlText.Parse(WithoutPath(url), "Use the token instead."),
            Tokens = new StaticTokenSource(token),
            TokenHeader = "session",
            TokenPrefix = "",
            CaBundle = CaBundle ?? Read(ApiTransportOptions.CaBundleVariable),
        };
        return new TaniumSearchConnection(new ApiTransport(complete is null ? options : complete(options)));
    }

    // Tanium's pages show the address of the API whole.
    private static string WithoutPath(string url)
    {
        var trimmed = url.TrimEnd('/');
        return trimmed.EndsWith("/" + TaniumClient.Path, StringComparison.OrdinalIgnoreCase)
            ? trimmed.Substring(0, trimmed.Length - TaniumClient.Path.Length)
            : url;
    }
}
