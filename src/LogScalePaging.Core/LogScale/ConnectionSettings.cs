using System.Security;
using LogScalePaging.Transport;
using LogScalePaging.Transport.Http;
using LogScalePaging.Transport.Secrets;
using LogScalePaging.Transport.Tokens;

namespace LogScalePaging.LogScale;

/// <summary>The settings of a connection, from parameters or else from the environment.</summary>
public sealed record ConnectionSettings
{
    /// <summary>Environment variable of the base URL.</summary>
    public const string BaseUrlVariable = "LOGSCALE_BASE_URL";

    /// <summary>Environment variable of the repository.</summary>
    public const string RepositoryVariable = "LOGSCALE_REPO";

    /// <summary>Environment variable of the token.</summary>
    public const string TokenVariable = "LOGSCALE_TOKEN";

    /// <summary>Base URL, such as <c>https://cloud.community.humio.com</c>.</summary>
    public string? BaseUrl { get; init; }

    /// <summary>Repository or view.</summary>
    public string? Repository { get; init; }

    /// <summary>Token.</summary>
    public SecureString? Token { get; init; }

    /// <summary>PEM file of certificates to trust in addition to the system's.</summary>
    public string? CaBundle { get; init; }

    /// <summary>Connects. Nothing is sent before the first search.</summary>
    /// <param name="environment">Reads an environment variable.</param>
    /// <param name="complete">Adds the other options of the transport.</param>
    /// <exception cref="ArgumentException">A value is missing or not valid. The message says what to do.</exception>
    public LogScaleSearchConnection Connect(Func<string, string?> environment,
        Func<ApiTransportOptions, ApiTransportOptions>? complete = null)
    {
        string? Read(string name) => environment(name) is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;

        var baseUrl = BaseUrl ?? Read(BaseUrlVariable)
            ?? throw new ArgumentException("The base URL is missing. Use -BaseUrl (--base-url), for example https://cloud.example.com, "
                + $"or set {BaseUrlVariable}.");
        var repository = Repository ?? Read(RepositoryVariable)
            ?? throw new ArgumentException($"The repository is missing. Use -Repository (--repo), or set {RepositoryVariable}.");
        var token = Token ?? Secret(Read(TokenVariable))
            ?? throw new ArgumentException($"The token is missing. Use -Token (--token-file), or set {TokenVariable}.");
        var options = new ApiTransportOptions
        {
            BaseUrl = BaseUrlText.Parse(baseUrl, "Use -Token (--token-file) instead."),
            Tokens = new StaticTokenSource(token),
            CaBundle = CaBundle ?? Read(ApiTransportOptions.CaBundleVariable),
        };
        return new LogScaleSearchConnection(new ApiTransport(complete is null ? options : complete(options)), repository);
    }

    /// <summary>A secret read from text; null for none.</summary>
    public static SecureString? Secret(string? text) => SecretText.Protect(text);
}
