using LogScalePaging.Axiom;
using LogScalePaging.Diagnostics;
using LogScalePaging.Export.Formats;
using LogScalePaging.Export.Runs;
using LogScalePaging.Export.Target;
using LogScalePaging.Falcon;
using LogScalePaging.Falcon.Rest;
using LogScalePaging.Falcon.Rest.Endpoints;
using LogScalePaging.LogScale;
using LogScalePaging.Search;
using LogScalePaging.Search.Ranges;
using LogScalePaging.Tanium;

namespace LogScalePaging.Bench.Clients;

/// <summary>The engine's exports from the other systems: walk, proof, file, manifest.</summary>
internal static class ServiceClient
{
    public static async Task<(long Events, string State)> TaniumAsync(ClientSettings settings)
    {
        var server = new TaniumSettings { BaseUrl = settings.Server.BaseUrl, Token = ConnectionSettings.Secret(settings.Server.Token) };
        using var connection = server.Connect(_ => null);
        string[] properties = ["id", "name", "ipAddress", "os{name platform}"];
        var search = new TaniumRequest { Field = "endpoints", Properties = properties, PageSize = settings.PageSize };
        return await ExportAsync(settings, connection, search).ConfigureAwait(false);
    }

    public static async Task<(long Events, string State)> AxiomAsync(ClientSettings settings)
    {
        var server = new AxiomSettings { BaseUrl = settings.Server.BaseUrl, Token = ConnectionSettings.Secret(settings.Server.Token) };
        using var connection = server.Connect(_ => null);
        var search = new AxiomRequest(AxiomRequest.QueryOf(settings.Server.Repository))
        {
            Start = new RequestedTime(null, "2d"),
            PageSize = settings.PageSize,
            Parallel = settings.Parallel,
            Paging = AxiomPaging.Window,
        };
        return await ExportAsync(settings, connection, search).ConfigureAwait(false);
    }

    public static async Task<(long Events, string State)> FalconAsync(ClientSettings settings)
    {
        var server = new FalconConnectionSettings
        {
            BaseUrl = settings.Server.BaseUrl,
            ClientId = settings.Server.Repository,
            ClientSecret = ConnectionSettings.Secret(settings.Server.Token),
        };
        using var gateway = server.Connect(_ => null);
        using var connection = new FalconRestConnection(gateway.Transport);
        var search = new FalconRequest("/devices/queries/devices-scroll/v1") { Detailed = true };
        return await ExportAsync(settings, connection, search).ConfigureAwait(false);
    }

    private static async Task<(long Events, string State)> ExportAsync(
        ClientSettings settings,
        SearchConnection connection,
        SearchRequest search)
    {
        var target = new ExportTarget { Path = settings.Output, Format = ExportFormats.FromPath(settings.Output, out _) };
        var run = new ExportRun(connection, new ExportRequest(search, target), new SignalLog());
        var result = await run.RunAsync(CancellationToken.None).ConfigureAwait(false);
        return (result.Completeness.Received, result.Completeness.State.ToString());
    }
}
