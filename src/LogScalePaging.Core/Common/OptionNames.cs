namespace LogScalePaging.Common;

/// <summary>
/// The options that messages of the engine name. A message holds both names of an option, as <c>-Force (--force)</c>. The cmdlets and
/// the command line each remove the other's name before they show the message.
/// </summary>
public static class OptionNames
{
    /// <summary>The options, each with its parameter of the cmdlets and its flag of the command line.</summary>
    public static IReadOnlyList<(string Parameter, string Flag)> All { get; } =
    [
        ("-BaseUrl", "--base-url"),
        ("-CaBundle", "--ca-bundle"),
        ("-ClientId", "--client-id"),
        ("-ClientSecret", "--token-file"),
        ("-Cloud", "--cloud"),
        ("-Force", "--force"),
        ("-Format", "--format"),
        ("-Index", "--index"),
        ("-JobTimeoutSec", "--job-timeout"),
        ("-Lookback", "--lookback"),
        ("-MaxFileSize", "--max-file-size"),
        ("-OrganizationId", "--org-id"),
        ("-Path", "--output"),
        ("-Port", "--port"),
        ("-Property", "--fields"),
        ("-Proxy", "--proxy"),
        ("-Repository", "--repo"),
        ("-Resume", "--resume"),
        ("-Start", "--start"),
        ("-StopAfter", "--stop-after"),
        ("-SliceBy", "--slice-by"),
        ("-Token", "--token-file"),
    ];

    /// <summary>The message with the names of parameters only.</summary>
    public static string ForPowerShell(string message) => Replace(message, option => option.Parameter);

    /// <summary>The message with the names of flags only.</summary>
    public static string ForCommandLine(string message) => Replace(message, option => option.Flag);

    private static string Replace(string message, Func<(string Parameter, string Flag), string> name)
    {
        if (message.IndexOf(" (--", StringComparison.Ordinal) < 0)
            return message;
        foreach (var option in All)
            message = message.Replace($"{option.Parameter} ({option.Flag})", name(option));
        return message;
    }
}
