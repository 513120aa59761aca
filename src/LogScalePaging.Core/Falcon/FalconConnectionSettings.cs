using System.Security;
using LogScalePaging.Common;
using LogScalePaging.Falcon.SignIn;
using LogScalePaging.Transport.Http;
using LogScalePaging.Transport.Secrets;
using LogScalePaging.Transport.Tokens;

namespace LogScalePaging.Falcon;

/// <summary>The settings for a sign-in to Falcon, from parameters or else from the environment.</summary>
public sealed record FalconConnectionSettings
{
    /// <summary>Environment variable of the client id.</summary>
    public const string ClientIdVariable = "FALCON_CLIENT_ID";

    /// <summary>Environment variable of the client secret.</summary>
    public const string ClientSecretVariable = "FALCON_CLIENT_SECRET";

    /// <summary>Environment variable of the base URL. The name of a cloud is accepted too, as in FalconPy.</summary>
    public const string BaseUrlVariable = "FALCON_BASE_URL";

    /// <summary>Environment variable of the cloud's name.</summary>
    public const string CloudVariable = "FALCON_CLOUD";

    /// <summary>Environment variable of the CID of a child tenant.</summary>
    public const string MemberCidVariable = "FALCON_MEMBER_CID";

    /// <summary>
    /// A cloud name that means: sign in at us-1, and continue in the account's cloud. The clouds of the US government are separate and must
    /// be named.
    /// </summary>
    public const string Autodiscover = "autodiscover";

    /// <summary>Id of the API client.</summary>
    public string? ClientId { get; init; }

    /// <summary>Secret of the API client. The connection keeps a copy. The caller still owns this one.</summary>
    public SecureString? ClientSecret { get; init; }

    /// <summary>
    /// Name of the cloud, such as <c>eu-1</c>. The default is <see cref="Autodiscover"/> if there is no base URL. Every cloud names the
    /// account's cloud at sign-in.
    /// </summary>
    public string? Cloud { get; init; }

    /// <summary>Address of the gateway instead of a cloud's name, without <c>/humio</c>.</summary>
    public string? BaseUrl { get; init; }

    /// <summary>CID of the child tenant to act for, with or without its checksum.</summary>
    public string? MemberCid { get; init; }

    /// <summary>PEM file of certificates to trust in addition to the system's.</summary>
    public string? CaBundle { get; init; }

    /// <summary>The clouds that may receive the secret; null for the known ones.</summary>
    public IReadOnlyList<FalconCloud>? Clouds { get; init; }

    /// <summary>Connects. Nothing is sent before the first request.</summary>
    /// <param name="environment">Reads an environment variable.</param>
    /// <param name="complete">Adds the other options of the transport, except the tokens.</param>
    /// <exception cref="ArgumentException">A value is missing or not valid. The message says what to do.</exception>
    public FalconApiClient Connect(Func<string, string?> environment, Func<ApiTransportOptions, ApiTransportOptions>? complete = null)
    {
        string? Read(string name) => environment(name) is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;

        var options = new ApiTransportOptions
        {
            BaseUrl = Gateway(Read),
            Tokens = NoTokenSource.Instance,
            CaBundle = CaBundle ?? Read(ApiTransportOptions.CaBundleVariable),
        };
        var clientId = ClientId ?? Read(ClientIdVariable)
            ?? throw new ArgumentException($"The client id is missing. Use -ClientId (--client-id), or set {ClientIdVariable}.");
        using var fromEnvironment = ClientSecret is null ? SecretText.Protect(Read(ClientSecretVariable)) : null;
        var secret = ClientSecret ?? fromEnvironment
            ?? throw new ArgumentException("The client secret is missing. Use -ClientSecret (--token-file), or set "
                + $"{ClientSecretVariable}.");
        var credential = new FalconCredential(clientId, secret, MemberCid ?? Read(MemberCidVariable));
        try
        {
            return new FalconApiClient(complete is null ? options : complete(options), credential, Clouds);
        }
        catch
        {
            credential.Dispose();
            throw;
        }
    }

    private Uri Gateway(Func<string, string?> read)
    {
        if (Cloud is not null && BaseUrl is not null)
            throw new ArgumentException("Use -Cloud (--cloud) or -BaseUrl (--base-url), not both. The name of a cloud implies its base "
                + "URL.");
        if (BaseUrl is not null)
            return FromText(BaseUrl);
        if (Cloud is not null)
            return Named(Cloud).Url;
        if (read(BaseUrlVariable) is { } baseUrl)
            return FromText(baseUrl);
        return Named(read(CloudVariable) ?? Autodiscover).Url;
    }

    // FalconPy accepts the name of a cloud, or a host without a scheme, in this variable.
    private Uri FromText(string text)
    {
        if (!text.Contains("://") && !text.Contains("."))
            return Named(text).Url;
        var url = BaseUrlText.Parse(text.Contains("://") ? text : "https://" + text, "Use -ClientId (--client-id) and "
            + "-ClientSecret (--token-file) instead.");
        var path = url.AbsolutePath.Trim('/');
        // The path of NG-SIEM is added to each request. If the base URL had it too, it would be there twice.
        return path is "" or "humio"
            ? new Uri(url.GetLeftPart(UriPartial.Authority))
            : throw new ArgumentException($"'{Printable.Line(text)}' is not the base URL of the Falcon gateway. Remove the path "
                + $"/{Printable.Line(path)}.");
    }

    private FalconCloud Named(string name) => FalconCloud.Find(IsAutodiscover(name) ? "us-1" : name, Clouds)
        ?? throw new ArgumentException($"'{Printable.Line(name)}' is not a known Falcon cloud. Known clouds are "
            + $"{string.Join(", ", (Clouds ?? FalconCloud.All).Select(c => c.Name))}. For any other cloud use its base URL.");

    // FalconPy has the short form.
    private static bool IsAutodiscover(string name) => name.Trim().ToUpperInvariant() is "AUTODISCOVER" or "AUTO";
}
