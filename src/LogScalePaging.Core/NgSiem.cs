using LogScalePaging.Falcon;
using LogScalePaging.LogScale;
using LogScalePaging.LogScale.Jobs;
using LogScalePaging.Transport;
using LogScalePaging.Transport.Http;

namespace LogScalePaging;

/// <summary>
/// Falcon NG-SIEM: the query jobs of LogScale behind the sign-in of Falcon. The code of neither system refers to the other.
/// </summary>
public static class NgSiem
{
    /// <summary>Its name, for a person.</summary>
    public const string Name = "NG-SIEM";

    /// <summary>The view that is searched when none is named: all data of the tenant.</summary>
    public const string DefaultRepository = "search-all";

    /// <summary>The repositories and views that NG-SIEM is known to offer, for completion. A tenant may have others.</summary>
    public static IReadOnlyList<string> KnownRepositories { get; } =
        [DefaultRepository, "investigate_view", "third-party", "falcon_for_it_view", "forensics_view"];

    /// <summary>
    /// True if the environment has an API client of Falcon, and neither server nor token of a LogScale. NG-SIEM is then the default.
    /// </summary>
    /// <param name="environment">Reads an environment variable.</param>
    public static bool IsMeant(Func<string, string?> environment) => IsSet(environment, FalconConnectionSettings.ClientIdVariable)
        && !IsSet(environment, ConnectionSettings.BaseUrlVariable) && !IsSet(environment, ConnectionSettings.TokenVariable);

    /// <summary>Connects to NG-SIEM only, so that closing the connection signs out. Nothing is sent before the first search.</summary>
    /// <param name="settings">The API client and its cloud.</param>
    /// <param name="repository">Repository or view; <see cref="DefaultRepository"/> when null.</param>
    /// <param name="environment">Reads an environment variable.</param>
    /// <param name="complete">Adds the other options of the transport.</param>
    /// <exception cref="ArgumentException">A value is missing or not valid. The message says what to do.</exception>
    public static LogScaleSearchConnection Connect(
        FalconConnectionSettings settings, string? repository, Func<string, string?> environment,
        Func<ApiTransportOptions, ApiTransportOptions>? complete = null) => Of(settings.Connect(environment, complete), repository);

    /// <summary>Searches NG-SIEM. The search's connection owns the connection to Falcon, so closing it signs out.</summary>
    internal static LogScaleSearchConnection Of(FalconApiClient falcon, string? repository) => Over(falcon, falcon.Transport, repository);

    /// <summary>Searches NG-SIEM over a connection to Falcon, which stays open when the search's connection is closed.</summary>
    /// <param name="falcon">The connection.</param>
    /// <param name="repository">Repository or view; <see cref="DefaultRepository"/> when null.</param>
    public static LogScaleSearchConnection Over(FalconApiClient falcon, string? repository = null) =>
        Over(falcon, falcon.Transport.View(), repository);

    private static LogScaleSearchConnection Over(FalconApiClient falcon, ApiTransport transport, string? repository) =>
        new(transport, repository ?? DefaultRepository, new LogScaleGateway(Name, "humio/")
        {
            Tenant = falcon.Tenant,
            NoStream = "The Falcon gateway does not support the strategy Stream. Use Auto or Window.",
            Forbidden = (name, status) => $"The API client may not search '{name}' ({status}). Give it the scope NGSIEM with read and "
                + "write, in the Falcon console under API clients and keys, and check -Repository (--repo).",
        });

    private static bool IsSet(Func<string, string?> environment, string variable) => !string.IsNullOrWhiteSpace(environment(variable));
}
