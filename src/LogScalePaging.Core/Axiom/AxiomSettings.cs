using System.Security;
using LogScalePaging.Common;
using LogScalePaging.Transport;
using LogScalePaging.Transport.Http;
using LogScalePaging.Transport.Secrets;
using LogScalePaging.Transport.Tokens;

namespace LogScalePaging.Axiom;

/// <summary>The settings of a connection to Axiom, from parameters or else from the environment.</summary>
public sealed record AxiomSettings
{
    /// <summary>Environment variable of the token.</summary>
    public const string TokenVariable = "AXIOM_TOKEN";

    /// <summary>Environment variable of the organisation.</summary>
    public const string OrganisationVariable = "AXIOM_ORG_ID";

    /// <summary>Environment variable of the base URL.</summary>
    public const string UrlVariable = "AXIOM_URL";

    /// <summary>Environment variable of a PEM file with certificates to trust.</summary>
    public const string CaBundleVariable = "CA_BUNDLE";

    /// <summary>The base URL of the service.</summary>
    public const string DefaultUrl = "https://api.axiom.co";

    // Personal tokens begin with this. They belong to a person, who may belong to several organisations.
    private const string PersonalToken = "xapt-";

    /// <summary>Base URL; null for <see cref="UrlVariable"/>, or <see cref="DefaultUrl"/>.</summary>
    public string? BaseUrl { get; init; }

    /// <summary>Organisation id, which personal tokens need; null for <see cref="OrganisationVariable"/>.</summary>
    public string? OrganisationId { get; init; }

    /// <summary>API token or personal token; null for <see cref="TokenVariable"/>.</summary>
    public SecureString? Token { get; init; }

    /// <summary>PEM file of certificates to trust in addition to the system's.</summary>
    public string? CaBundle { get; init; }

    /// <summary>Connects. Nothing is sent before the first search.</summary>
    /// <param name="environment">Reads an environment variable.</param>
    /// <param name="complete">Adds the other options of the transport.</param>
    /// <exception cref="ArgumentException">A value is missing or not valid. The message says what to do.</exception>
    public AxiomSearchConnection Connect(Func<string, string?> environment, Func<ApiTransportOptions, ApiTransportOptions>? complete = null)
    {
        string? Read(string name) => environment(name) is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;

        var token = Token ?? SecretText.Protect(Read(TokenVariable))
            ?? throw new ArgumentException($"The token is missing. Use -Token (--token-file), or set {TokenVariable}.");
        var organisation = OrganisationId ?? Read(OrganisationVariable);
        if (organisation is null && IsPersonal(token))
        {
            throw new ArgumentException("A personal token requires the id of an organisation. Use -OrganizationId (--org-id), or set "
                + $"{OrganisationVariable}. An API token requires none.");
        }
        if (organisation?.Any(c => c is <= ' ' or > '~') == true)
            throw new ArgumentException($"'{Printable.Line(organisation)}' is not the id of an organisation.");
        var options = new ApiTransportOptions
        {
            BaseUrl = BaseUrlText.Parse(BaseUrl ?? Read(UrlVariable) ?? DefaultUrl, "Use the token instead."),
            Tokens = new StaticTokenSource(token),
            Headers = organisation is null
                ? new Dictionary<string, string>()
                : new Dictionary<string, string> { ["X-Axiom-Org-Id"] = organisation },
            CaBundle = CaBundle ?? Read(CaBundleVariable),
        };
        return new AxiomSearchConnection(new ApiTransport(complete is null ? options : complete(options)), organisation);
    }

    private static bool IsPersonal(SecureString token) =>
        SecretText.Reveal(token).TrimStart().StartsWith(PersonalToken, StringComparison.Ordinal);
}
