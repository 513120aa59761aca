using System.Globalization;
using System.Text.Json;
using LogScalePaging.Simulator.Events;
using LogScalePaging.Simulator.Gateway;
using LogScalePaging.Simulator.Http;
using LogScalePaging.Simulator.Services;

namespace LogScalePaging.Simulator.Axiom;

/// <summary>The API of Axiom: the paths for queries in APL, and the older path for the events of a dataset.</summary>
internal sealed class AxiomApi(AxiomSimulatorOptions options, AxiomDataset dataset, SimulatorClock clock) : IServiceApi
{
    private readonly RateWindow _requests = new(clock);
    private readonly RateWindow _queries = new(clock);
    private readonly object _gate = new();
    private int _asked;
    private bool _hasListed;

    public string TokenHeader => "Authorization";

    public string? TraceHeader => "X-Axiom-Trace-Id";

    public RequestKind KindOf(HttpRequest request) =>
        request.Path.EndsWith("/_apl", StringComparison.Ordinal) || AxiomDatasetQuery.DatasetOf(request.Path) is not null
            ? RequestKind.Query
            : RequestKind.Other;

    public HttpResponse ErrorInOk(int code, string message) => Error(200, message);

    public HttpResponse Handle(HttpRequest request)
    {
        (var left, var next) = _requests.Take(Math.Max(1, options.RateLimitPerMinute), 60);
        if (options.RateLimitPerMinute > 0 && left < 0)
            return Quota(Error(429, "rate limit exceeded"), "X-RateLimit-", options.RateLimitPerMinute, next);
        if (request.Credentials("Bearer") != options.Token)
            return Error(403, "forbidden: invalid token");
        if (options.OrganisationId is { } organisation && request.Header("X-Axiom-Org-Id") != organisation)
            return Error(403, "forbidden: the token needs an organisation");
        var named = AxiomDatasetQuery.DatasetOf(request.Path);
        if (request.Method != "POST" || (named is null && request.Path is not ("/v1/datasets/_apl" or "/v1/query/_apl")))
            return Error(404, "not found");
        (left, next) = _queries.Take(Math.Max(1, options.QueryLimitPerMinute), 60);
        if (options.QueryLimitPerMinute > 0 && left < 0)
            return Quota(Error(430, "query limit exceeded"), "X-QueryLimit-", options.QueryLimitPerMinute, next);
        try
        {
            using var body = JsonDocument.Parse(request.Body);
            return named is null
                ? Query(request, body.RootElement, AplStage.Parse(body.RootElement.GetProperty("apl").GetString()!), isOlder: false)
                : Query(request, body.RootElement, AxiomDatasetQuery.Stages(named, body.RootElement), isOlder: true);
        }
        catch (Exception e) when (e is FormatException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return Error(400, e.Message);
        }
    }

    /// <summary>An error in the form of Axiom.</summary>
    public HttpResponse Error(int status, string message) =>
        GatewayAnswers.Json(status, new ByteWriter().Add("{\"message\":"u8).AddString(message).Add("}"u8));

    private HttpResponse Query(HttpRequest request, JsonElement body, IReadOnlyList<AplStage> stages, bool isOlder)
    {
        var name = AplStage.Unquoted(stages[0].Words is ["[", var quoted, "]"] ? quoted : stages[0].Words[0]);
        if (name != options.Dataset)
            return Error(404, $"dataset not found: {name}");
        (var start, var end) = (Cut(body, "startTime"), Cut(body, "endTime"));
        // The published guide sends it in the body, and @axiomhq/js in the URL.
        var cursor = !options.CursorInUrl && body.TryGetProperty("cursor", out var given) && given.ValueKind == JsonValueKind.String
            ? given.GetString()
            : request.Parameter("cursor");
        int asked;
        IReadOnlyList<AxiomEvent> events;
        var counts = stages[stages.Count - 1].Name == "count";
        var lists = stages.All(s => s.Name is not ("count" or "summarize"));
        bool isPartial;
        bool isEstimate;
        lock (_gate)
        {
            asked = ++_asked;
            events = Visible(dataset.Range(start, end, options.EndInclusive), lists);
            isPartial = lists && options.PartialAnswers-- > 0;
            isEstimate = counts && options.EstimatedCounts-- > 0;
            _hasListed |= lists;
        }
        if (isPartial)
            events = [.. events.Where((_, i) => i % 3 != 1)];
        else if (isEstimate)
            events = [.. events.Where((_, i) => i % 10 != 1)];
        var result = new AplRunner(options).Run(events, stages, cursor, options.ShuffleTies ? asked : null);
        (result.IsPartial, result.IsEstimate) = (isPartial, isEstimate);
        var isLegacy = isOlder || options.Format == AxiomFormat.Legacy
            || (options.Format == AxiomFormat.AsAsked && request.Parameter("format") == "legacy");
        return HttpResponse.Json(AxiomAnswerWriter.Write(result, isLegacy, options.Messages));
    }

    // Hidden events are counted. Late events are neither counted nor listed before the first list.
    private IReadOnlyList<AxiomEvent> Visible(ArraySegment<AxiomEvent> events, bool lists)
    {
        var all = dataset.Events;
        var firstLate = all.Count - options.LateEvents;
        (var firstHidden, var hidden) = (all.Count / 2, lists ? options.HiddenEvents : 0);
        var hasLate = _hasListed || options.LateEvents == 0;
        return hasLate && hidden == 0
            ? events
            : [.. events.Where(e => (hasLate || e.Row < firstLate) && (e.Row < firstHidden || e.Row >= firstHidden + hidden))];
    }

    private long Cut(JsonElement body, string name) =>
        AxiomTime.Parse(body.GetProperty(name).GetString()!) / options.RangeResolution * options.RangeResolution;

    private static HttpResponse Quota(HttpResponse response, string header, int limit, DateTimeOffset next) => response
        .With(header + "Limit", limit.ToString(CultureInfo.InvariantCulture))
        .With(header + "Remaining", "0")
        // Rounded up, so that a client that comes back at that second finds the new period.
        .With(header + "Reset", ((next.ToUnixTimeMilliseconds() + 999) / 1_000).ToString(CultureInfo.InvariantCulture));
}
