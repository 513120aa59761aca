using LogScalePaging.Simulator.Events;
using LogScalePaging.Simulator.Gateway;
using LogScalePaging.Simulator.Http;

namespace LogScalePaging.Simulator.Rest;

/// <summary>Writes the answers of the REST API.</summary>
internal static class RestAnswer
{
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="records">The page.</param>
    /// <param name="total">The total; null for none.</param>
    /// <param name="limit">The requested limit.</param>
    /// <param name="offset">The numeric offset in the answer.</param>
    /// <param name="token">The token; empty or null for none.</param>
    /// <param name="expiresAt">When it expires; null if the answer does not say it.</param>
    /// <param name="number">Number of the answer.</param>
    public static HttpResponse Page(RestEndpoint endpoint, IReadOnlyList<RestRecord> records, long? total, int limit, long offset,
        string? token, long? expiresAt, long number)
    {
        var json = Meta(number);
        if (endpoint.Shape != RestShape.Whole)
            Pagination(json, endpoint, total, limit, offset, token, expiresAt);
        json.Add("},\"resources\":"u8).Add(endpoint.NestsItems ? "{\"events\":["u8 : "["u8);
        for (var i = 0; i < records.Count; i++)
        {
            if (i > 0)
                json.Add((byte)',');
            if (endpoint.IdsOnly)
                json.AddString(records[i].Id);
            else
                json.Add(records[i].Json);
        }
        return GatewayAnswers.Json(200, json.Add(endpoint.NestsItems ? "]}"u8 : "]"u8).Add(",\"errors\":[]}"u8));
    }

    public static HttpResponse Details(IReadOnlyList<RestRecord> records, IReadOnlyList<string> missing, long number)
    {
        var json = Meta(number).Add("},\"resources\":["u8);
        for (var i = 0; i < records.Count; i++)
            json.Add(i == 0 ? ""u8 : ","u8).Add(records[i].Json);
        json.Add("],\"errors\":["u8);
        for (var i = 0; i < missing.Count; i++)
            json.Add(i == 0 ? ""u8 : ","u8).Add("{\"code\":404,\"message\":\"not found\",\"id\":"u8).AddString(missing[i]).Add((byte)'}');
        return GatewayAnswers.Json(200, json.Add("]}"u8));
    }

    private static ByteWriter Meta(long number) => new ByteWriter(16 * 1024)
        .Add("{\"meta\":{\"query_time\":0.01,\"powered_by\":\"simulator\",\"trace_id\":"u8).AddString(GatewayAnswers.TraceId(number));

    private static void Pagination(ByteWriter json, RestEndpoint endpoint, long? total, int limit, long offset, string? token,
        long? expiresAt)
    {
        json.Add(",\"pagination\":{\"limit\":"u8).Add(limit);
        if (total is { } count)
            json.Add(",\"total\":"u8).Add(count);
        if (endpoint.Shape is RestShape.OffsetNext or RestShape.OffsetGiven or RestShape.AfterAndOffset)
            json.Add(",\"offset\":"u8).Add(offset);
        if (endpoint.Shape == RestShape.Next)
            json.Add(",\"offset\":\"\""u8);
        if (expiresAt is { } moment)
            json.Add(",\"expires_at\":"u8).Add(moment);
        var name = endpoint.Shape switch
        {
            RestShape.Scroll or RestShape.Graph => "offset",
            RestShape.Next => "next",
            RestShape.After or RestShape.AfterAndOffset => "after",
            RestShape.NextTokenInside => "next_token",
            _ => null,
        };
        if (name is not null && token is not null)
            json.Add((byte)',').AddString(name).Add((byte)':').AddString(token);
        if (endpoint.Shape == RestShape.Graph && !string.IsNullOrEmpty(token))
            json.Add(",\"next_page\":"u8).AddString(endpoint.Path + "?offset=" + Uri.EscapeDataString(token));
        if (endpoint.Shape == RestShape.NextTokenNested && token is not null)
            json.Add(",\"Paging\":{\"next_token\":"u8).AddString(token).Add((byte)'}');
        json.Add((byte)'}');
        if (endpoint.Shape == RestShape.NextTokenBeside && token is not null)
            json.Add(",\"next_token\":"u8).AddString(token);
    }
}
