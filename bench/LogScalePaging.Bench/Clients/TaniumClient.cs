using LogScalePaging.Diagnostics;
using LogScalePaging.Export;
using LogScalePaging.Export.Formats;
using LogScalePaging.Export.Target;
using LogScalePaging.LogScale;
using LogScalePaging.Tanium;

namespace LogScalePaging.Bench.Clients;

/// <summary>The engine's export of Tanium's endpoints: walk, proof, file, manifest.</summary>
internal static class TaniumClient
{
    public static async Task<(long Events, string State)> RunAsync(ClientSettings settings)
    {
        var server = new TaniumSettings { BaseUrl = settings.Server.BaseUrl, Token = ConnectionSettings.Secret(settings.Server.Token) };
        using var connection = server.Connect(_ => null);
        string[] properties = ["id", "name", "ipAddress", "os{name platform}"];
        var search = new TaniumRequest { Field = "endpoints", Properties = properties, PageSize = settings.PageSize };
        var target = new ExportTarget { Path = settings.Output, Format = ExportFormats.FromPath(settings.Output, out _) };
        var result = await new ExportRun(connection, new ExportRequest(search, target), new SignalLog()).RunAsync(CancellationToken.None).ConfigureAwait(false);
        return (result.Completeness.Received, result.Completeness.State.ToString());
    }
}
