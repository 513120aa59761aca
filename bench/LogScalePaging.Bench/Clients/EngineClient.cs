using LogScalePaging.Export;
using LogScalePaging.LogScale;
using LogScalePaging.Paging;

namespace LogScalePaging.Bench.Clients;

/// <summary>The engine's export as command line and cmdlets run it: walk, proof, file, manifest.</summary>
internal static class EngineClient
{
    public static async Task<(long Events, string State)> RunAsync(ClientSettings settings)
    {
        using var connection = new ConnectionSettings
        {
            BaseUrl = settings.Server.BaseUrl,
            Repository = settings.Server.Repository,
            Token = ConnectionSettings.Secret(settings.Server.Token),
        }.Connect(_ => null);
        var format = ExportFormats.FromPath(settings.Output, out var compress);
        var search = new SearchSpec(settings.Query)
        {
            Start = QueryTime.Parse("1d"),
            PageSize = settings.PageSize,
            MaxEvents = settings.MaxEvents,
            Strategy = settings.Strategy,
        };
        var request = new ExportRequest(search, new ExportTarget { Path = settings.Output, Format = format, Compress = compress });
        var result = await new ExportRun(connection, request, new SignalLog()).RunAsync(CancellationToken.None).ConfigureAwait(false);
        return (result.Completeness.Received, result.Completeness.State.ToString());
    }
}
