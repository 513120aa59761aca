using System.Globalization;
using System.Text.Json;
using LogScalePaging.Simulator.Gateway;
using LogScalePaging.Simulator.Http;

namespace LogScalePaging.Simulator.Rest;

/// <summary>Falcon's REST API: lists with pages, and details. Thread safe.</summary>
/// <param name="options">The settings.</param>
/// <param name="seed">Determines the tokens.</param>
/// <param name="clock">The clock.</param>
/// <param name="tenant">The child tenant whose records are listed; null for those of the account.</param>
/// <param name="children">The child tenants that Flight Control lists.</param>
internal sealed class RestRoutes(
    FalconRestOptions options, int seed, SimulatorClock clock, RestTenant? tenant = null, IReadOnlyList<GatewayTenant>? children = null)
{
    private readonly object _gate = new();
    private readonly RestStore _store = new(options, tenant, children ?? []);
    private readonly RestTokens _tokens = new(options, seed);
    private int _pages;
    private int _counts;
    private int _details;

    public IEnumerable<Route> Table()
    {
        foreach (var endpoint in options.Endpoints)
            yield return new Route(endpoint.Method, endpoint.Path, RequestKind.Rest, context => Locked(() =>
                List(endpoint, context.Request)));
        foreach (var endpoint in options.Details)
            yield return new Route(endpoint.Method, endpoint.Path, RequestKind.RestDetails, context => Locked(() =>
                Details(endpoint, context.Request)));
    }

    private HttpResponse Locked(Func<HttpResponse> answer)
    {
        lock (_gate)
        {
            try
            {
                return answer();
            }
            catch (Exception e) when (e is FormatException or JsonException or OverflowException)
            {
                return Error(400, e.Message);
            }
        }
    }

    private HttpResponse List(RestEndpoint endpoint, HttpRequest request)
    {
        var query = new RestQuery(endpoint, request);
        if (query.Limit < 1 || query.Limit > endpoint.MaxPage)
            return Error(400, FormattableString.Invariant($"limit must be between 1 and {endpoint.MaxPage}"));
        if (endpoint.NeedsFilter && query.Filter.Length == 0)
            return Error(400, "a filter is required");
        var isCount = query.Limit == 1;
        var page = isCount ? ++_counts : ++_pages;
        List<RestFault> faults = [.. options.PageFaults.Where(f => f.Hits(page, isCount))];
        var records = _store.Of(endpoint.Resource);
        var found = query.Select(records);
        if (!TryStart(endpoint, query, found, faults, out var start, out var refusal))
            return refusal!;

        var size = endpoint.Shape == RestShape.Whole ? found.Count
            : Is(faults, RestFaultKind.EmptyPage) ? 0
            : Is(faults, RestFaultKind.SparsePage) ? 1
            : query.Limit;
        List<RestRecord> items = [.. found.Skip(start).Take(size).Select(r => r.Record)];
        var end = start + items.Count;
        var isTrailing = endpoint.TrailingPage && start >= found.Count && TokenName(endpoint) is { } sent
            && query[sent] is { Length: > 0 };
        var token = Token(endpoint, query, found, end, isTrailing, faults);
        long? total = !endpoint.HasTotal ? null
            : isTrailing ? 0
            : faults.Find(f => f.Kind == RestFaultKind.Total) is { } wrong ? wrong.Value
            : found.Count + options.HiddenRecords;
        long offset = endpoint.Shape == RestShape.OffsetGiven ? start : end;
        var answer = RestAnswer.Page(endpoint, items, total, query.Limit, offset, token, ExpiresAt(endpoint, token), page);
        if (!isCount && page <= options.ChangingPages)
            Change(endpoint.Resource);
        foreach (var move in options.Moves.Where(m => !isCount && m.Page == page))
            _store.Move(endpoint.Resource, move.Record, move.To);
        return answer;
    }

    private bool TryStart(RestEndpoint endpoint, RestQuery query, List<(RestRecord Record, string Value)> found, List<RestFault> faults,
        out int start, out HttpResponse? refusal)
    {
        (start, refusal) = (0, null);
        if (TokenName(endpoint) is { } name && query[name] is { } text)
        {
            // On the real servers, an empty token starts the list again without a sign.
            if (text.Length == 0)
                return true;
            var token = _tokens.Find(text);
            if (token is null || token.Path != endpoint.Path || token.Query != query.Key)
                return Refuse(out refusal, Error(400, "invalid offset provided"));
            if (clock.Now - token.Made >= options.TokenLife || Is(faults, RestFaultKind.ExpiredToken))
                return Refuse(out refusal, Error(options.ExpiredStatus, options.ExpiredStatus == 200
                    ? 404 : options.ExpiredStatus, "the offset is no longer valid"));
            start = found.FindIndex(r => query.IsBehind(r, token));
            if (start < 0)
                start = found.Count;
            return true;
        }
        if (endpoint.Shape is RestShape.OffsetNext or RestShape.OffsetGiven or RestShape.AfterAndOffset && query["offset"] is { } number)
            start = int.Parse(number, NumberStyles.None, CultureInfo.InvariantCulture);
        return !endpoint.HasWindow || start + query.Limit <= options.Window
            || Refuse(out refusal, Error(400, FormattableString.Invariant($"limit + offset must be less than {options.Window + 1}")));
    }

    private string? Token(RestEndpoint endpoint, RestQuery query, List<(RestRecord Record, string Value)> found, int end,
        bool isTrailing, List<RestFault> faults)
    {
        if (TokenName(endpoint) is not { } name)
            return null;
        if (Is(faults, RestFaultKind.EmptyToken))
            return "";
        if (Is(faults, RestFaultKind.NoToken))
            return null;
        if (Is(faults, RestFaultKind.RepeatedToken))
            return query[name] ?? "";
        if (Is(faults, RestFaultKind.FirstToken))
            return _tokens.First!.Text;
        var isEnd = end >= found.Count && !(endpoint.TrailingPage && !isTrailing && found.Count > 0);
        if (isEnd)
            return endpoint.EmptyTokenAtEnd ? "" : null;
        (var last, var value) = end == 0 ? (null, "") : found[Math.Min(end, found.Count) - 1];
        var token = _tokens.Make(endpoint.Path, query.Key, value, last?.Number ?? -1, clock.Now);
        if (query.Limit > 1)
            _tokens.First ??= token;
        return token.Text;
    }

    private HttpResponse Details(RestDetailsEndpoint endpoint, HttpRequest request)
    {
        var ids = endpoint.Method == "POST" ? BodyIds(endpoint, request)
            : [.. request.Query.Split('&').Where(p => p.StartsWith(endpoint.Ids + "=", StringComparison.Ordinal)).Select(p =>
                Uri.UnescapeDataString(p.Substring(endpoint.Ids.Length + 1)))];
        if (ids.Count == 0 || ids.Count > endpoint.Most)
            return Error(400, FormattableString.Invariant($"1 to {endpoint.Most} ids are required"));
        var records = _store.Of(endpoint.Resource).Skip(options.WithoutDetails).ToDictionary(r =>
            r.Id, StringComparer.Ordinal);
        var forgotten = ++_details <= options.ForgetfulDetails ? 1 : 0;
        return RestAnswer.Details(
            [.. ids.Skip(forgotten).Where(records.ContainsKey).Select(id => records[id]).Reverse()],
            [.. ids.Where(id => !records.ContainsKey(id))],
            _details);
    }

    private static List<string> BodyIds(RestDetailsEndpoint endpoint, HttpRequest request)
    {
        using var body = JsonDocument.Parse(request.Body);
        return [.. body.RootElement.GetProperty(endpoint.Ids).EnumerateArray().Select(id => id.GetString()!)];
    }

    private void Change(string resource)
    {
        if (options.AddedPerPage > 0)
            _store.Add(resource, options.AddedPerPage);
        if (options.RemovedPerPage > 0)
            _store.Remove(resource, options.RemovedPerPage);
    }

    private long? ExpiresAt(RestEndpoint endpoint, string? token)
    {
        if (endpoint.Shape != RestShape.Scroll || string.IsNullOrEmpty(token) || options.ExpiresAtDigits == 0)
            return null;
        var milliseconds = (clock.Now + options.TokenLife).ToUnixTimeMilliseconds();
        return options.ExpiresAtDigits switch
        {
            <= 10 => milliseconds / 1000,
            <= 13 => milliseconds,
            <= 16 => milliseconds * 1_000,
            _ =>
            milliseconds * 1_000_000
        };
    }

    private static string? TokenName(RestEndpoint endpoint) => endpoint.Shape switch
    {
        RestShape.Scroll or RestShape.Next or RestShape.Graph => "offset",
        RestShape.After or RestShape.AfterAndOffset => "after",
        RestShape.NextTokenInside or RestShape.NextTokenBeside or RestShape.NextTokenNested => "next_token",
        _ => null,
    };

    private static bool Is(List<RestFault> faults, RestFaultKind kind) => faults.Exists(f => f.Kind == kind);

    private static bool Refuse(out HttpResponse? refusal, HttpResponse answer)
    {
        refusal = answer;
        return false;
    }

    private HttpResponse Error(int status, string message) => Error(status, status, message);

    private HttpResponse Error(int status, int code, string message) => GatewayAnswers.Error(status, code, message, _pages + _counts);
}
