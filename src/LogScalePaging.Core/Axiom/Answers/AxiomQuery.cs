using System.Text.Json;
using LogScalePaging.Records;
using LogScalePaging.Transport.Http;
using LogScalePaging.Transport.Limits;

namespace LogScalePaging.Axiom.Answers;

/// <summary>One query as it is sent.</summary>
/// <param name="Apl">The query with its sort and limit.</param>
/// <param name="Start">Start of the range, nanoseconds since 1970 UTC.</param>
/// <param name="End">End of the range, nanoseconds since 1970 UTC.</param>
internal sealed record AxiomQuery(string Apl, long Start, long End)
{
    /// <summary>Maximum number of rows that one query returns.</summary>
    public const int MostRows = 65_000;

    // The path under /v1/query refuses personal tokens.
    private const string Path = "v1/datasets/_apl?format=tabular";

    /// <summary>The cursor of the row before the answer; null for the first page.</summary>
    public string? Cursor { get; init; }

    /// <summary>The request.</summary>
    public ApiRequest ToRequest() => new(HttpMethod.Post, Path) { Body = Body(), Answer = AnswerSize.Page };

    private byte[] Body()
    {
        using var body = new MemoryStream();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteString("apl", Apl);
            json.WriteString("startTime", RecordTime.Utc(Start, TimeUnit.Nanoseconds));
            json.WriteString("endTime", RecordTime.Utc(End, TimeUnit.Nanoseconds));
            if (Cursor is not null)
            {
                json.WriteString("cursor", Cursor);
                json.WriteBoolean("includeCursor", false);
            }
            json.WriteEndObject();
        }
        return body.ToArray();
    }
}
