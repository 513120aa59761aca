using System.Text.Json;
using LogScalePaging.Simulator.Events;
using LogScalePaging.Simulator.Gateway;
using LogScalePaging.Simulator.Http;
using LogScalePaging.Simulator.Services;

namespace LogScalePaging.Simulator.Tanium;

/// <summary>The API Gateway of Tanium: one path that takes GraphQL. Thread safe.</summary>
internal sealed class TaniumApi : IServiceApi
{
    private const string Path = "/plugin/products/gateway/graphql";

    private readonly object _gate = new();
    private readonly TaniumSimulatorOptions _options;
    private readonly Dictionary<string, TaniumCollection> _collections;
    private int _pages;
    private int _counts;

    public TaniumApi(TaniumSimulatorOptions options, SimulatorClock clock)
    {
        _options = options;
        _collections = options.Fields.ToDictionary(f => f.Name, f => new TaniumCollection(f, options, clock));
    }

    public string TokenHeader => "session";

    public string? TraceHeader => null;

    public RequestKind KindOf(HttpRequest request) => request.Path == Path ? RequestKind.Query : RequestKind.Other;

    public HttpResponse Handle(HttpRequest request)
    {
        if (request.Method != "POST" || request.Path != Path)
            return HttpResponse.Text(404, "Not Found");
        if (request.Header(TokenHeader) != _options.Token)
            return HttpResponse.Text(401, "Unauthorized");
        lock (_gate)
        {
            try
            {
                using var body = JsonDocument.Parse(request.Body);
                return Query(body.RootElement);
            }
            catch (GraphException e)
            {
                return GatewayAnswers.Json(200,
                    new ByteWriter().Add("{\"errors\":["u8).Add(ErrorOf(e.Message, e.Field)).Add("],\"data\":null}"u8));
            }
            catch (Exception e) when (e is JsonException or FormatException or KeyNotFoundException or InvalidOperationException)
            {
                return Error(400, e.Message);
            }
        }
    }

    public HttpResponse Error(int status, string message) =>
        GatewayAnswers.Json(status, new ByteWriter().Add("{\"errors\":["u8).Add(ErrorOf(message, null)).Add("]}"u8));

    public HttpResponse ErrorInOk(int code, string message) => GatewayAnswers.Json(200, new ByteWriter().Add("{\"errors\":[{\"message\":"u8)
        .AddString(message).Add(",\"path\":[\"endpoints\"],\"extensions\":{"u8)
        .Add(code == 0 ? "" : FormattableString.Invariant($"\"code\":{code}"))
        .Add("}}],\"data\":null}"u8));

    private HttpResponse Query(JsonElement body)
    {
        var fields = GraphParser.Parse(body.GetProperty("query").GetString()!);
        var variables = body.TryGetProperty("variables", out var given) ? given : default;
        var json = new ByteWriter().Add("{\"data\":{"u8);
        var errors = new List<string>();
        for (var i = 0; i < fields.Count; i++)
        {
            if (!_collections.TryGetValue(fields[i].Name, out var collection))
                throw GraphException.Unknown(fields[i].Name, "Query");
            var page = new TaniumPageQuery(collection, fields[i], variables, _options.DefaultPageSize);
            var number = page.IsCount ? ++_counts : ++_pages;
            List<TaniumFaultKind> faults = [.. _options.PageFaults.Where(f => f.Hits(number, page.IsCount)).Select(f => f.Kind)];
            var total = _options.PageFaults.FirstOrDefault(f => f.Kind == TaniumFaultKind.Total && f.Hits(number, page.IsCount))?.Value;
            collection.Cursors.Use();
            if (faults.Contains(TaniumFaultKind.Refreshed))
                collection.Cursors.Renew();
            if (faults.Contains(TaniumFaultKind.ErrorsWithoutData))
                throw new GraphException("upstream request failed", fields[i].Alias);
            if (!page.TryFind(faults, out var slice))
                return Expired(fields[i].Alias);
            json.Add(i > 0 ? ","u8 : default).AddString(fields[i].Alias).Add((byte)':');
            new TaniumAnswerWriter(_options, collection, faults, json, errors).Write(fields[i], slice,
                total ?? collection.Count + _options.HiddenRecords);
            if (!page.IsCount && number <= _options.ChangingPages)
                collection.Change();
        }
        json.Add((byte)'}');
        if (errors.Count > 0)
            json.Add(",\"errors\":["u8).Add(string.Join(",", errors)).Add((byte)']');
        return HttpResponse.Json(json.Add((byte)'}').ToArray());
    }

    private HttpResponse Expired(string field) => _options.ExpiredStatus == 200
        ? throw new GraphException(_options.ExpiredMessage, _options.ExpiredHasPath ? field : null)
        : Error(_options.ExpiredStatus, _options.ExpiredMessage);

    /// <summary>One error of GraphQL as JSON.</summary>
    public static string ErrorOf(string message, string? field)
    {
        var json = new ByteWriter().Add("{\"message\":"u8).AddString(message);
        if (field is not null)
            json.Add(",\"path\":["u8).AddString(field).Add((byte)']');
        return Utf8.Text(json.Add(",\"extensions\":{}}"u8).ToArray());
    }
}
