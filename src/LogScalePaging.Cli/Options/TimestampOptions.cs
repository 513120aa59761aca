using System.CommandLine;
using LogScalePaging.Export.Timestamps;

namespace LogScalePaging.Cli.Options;

/// <summary>The option for the authority that gives a manifest its timestamp.</summary>
internal sealed class TimestampOptions
{
    private const string Name = "--timestamp-server";

    private readonly Option<string?> _server = new(Name)
    {
        HelpName = "URL",
        Description = "Get a timestamp (RFC 3161) for the manifest from this authority. It is saved as OUTPUT.manifest.json.tsr.",
    };

    public void AddTo(Command command, bool required = false)
    {
        _server.Required = required;
        command.Add(_server);
    }

    /// <summary>The address; null if none is given.</summary>
    /// <exception cref="UsageException">It is not the address of a server.</exception>
    public Uri? Read(ParseResult parsed)
    {
        if (parsed.GetValue(_server) is not { } text)
            return null;
        try
        {
            var server = new Uri(text, UriKind.RelativeOrAbsolute);
            TimestampServer.EnsureUsable(server);
            return server;
        }
        catch (Exception e) when (e is ArgumentException or UriFormatException)
        {
            throw new UsageException($"{Name}: {e.Message}", e);
        }
    }
}
