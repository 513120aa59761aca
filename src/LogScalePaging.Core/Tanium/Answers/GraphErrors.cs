using System.Text.Json;
using LogScalePaging.Json;
using LogScalePaging.Transport.Errors;

namespace LogScalePaging.Tanium.Answers;

/// <summary>The errors of a GraphQL answer, which has the status 200 with them.</summary>
/// <param name="Json">The value of <c>errors</c>.</param>
/// <param name="Message">The messages, in one text.</param>
/// <param name="Code">What the first error says like an HTTP status; 0 for nothing.</param>
/// <param name="HasPath">True if a field failed while the query ran. Otherwise the query was refused.</param>
internal sealed record GraphErrors(string Json, string Message, int Code, bool HasPath)
{
    // The text of an expired cursor is not public. An error with one of these words stays when the request is sent again.
    private static readonly string[] s_lasting =
    [
        "CURSOR", "EXPIRED", "NO LONGER", "NOT VALID", "INVALID", "CANNOT QUERY", "UNKNOWN", "UNDEFINED", "NOT EXIST", "N'T EXIST",
    ];

    /// <summary>Reads the value of <c>errors</c>; null when there are none.</summary>
    public static GraphErrors? Read(ReadOnlySpan<byte> json)
    {
        using var document = AnswerJson.Parse(json);
        var errors = document.RootElement;
        if (errors.ValueKind is JsonValueKind.Null or JsonValueKind.False
            || (errors.ValueKind == JsonValueKind.Array && errors.GetArrayLength() == 0))
            return null;
        List<JsonElement> all = errors.ValueKind == JsonValueKind.Array ? [.. errors.EnumerateArray()] : [errors];
        var messages = all.Select(e => AnswerJson.Text(e, "message") ?? AnswerJson.Text(e)).OfType<string>()
            .Where(m => m.Length > 0).Distinct();
        var message = string.Join("; ", messages);
        var hasPath = all.Exists(e => AnswerJson.Member(e, "path") is { ValueKind: JsonValueKind.Array });
        return new GraphErrors(errors.GetRawText(), message.Length > 0 ? message : "an error without a message", CodeOf(all[0]), hasPath);
    }

    /// <summary>The failure of an answer without usable data.</summary>
    public AnswerErrorsException ToException() => new(Code, $"{{\"errors\":{(Json[0] == '[' ? Json : $"[{Json}]")}}}")
    {
        MayPass = HasPath && !Array.Exists(s_lasting, Message.ToUpperInvariant().Contains),
    };

    private static int CodeOf(JsonElement error)
    {
        var extensions = AnswerJson.Member(error, "extensions");
        // Codes of an application say nothing here.
        return Status(AnswerJson.Member(error, "code"))
            ?? Status(AnswerJson.Member(extensions, "status"))
            ?? Status(AnswerJson.Member(AnswerJson.Member(extensions, "http"), "status"))
            ?? Status(AnswerJson.Member(extensions, "code"))
            ?? AnswerJson.Text(extensions, "code")?.ToUpperInvariant() switch
            {
                "UNAUTHENTICATED" or "UNAUTHORIZED" => 401,
                "FORBIDDEN" => 403,
                "INTERNAL_SERVER_ERROR" => 500,
                _ => 0,
            };
    }

    private static int? Status(JsonElement? value) => value switch
    {
        { ValueKind: JsonValueKind.Number } number when number.TryGetInt32(out var code) && code is >= 400 and < 600 => code,
        { ValueKind: JsonValueKind.String } text when int.TryParse(AnswerJson.Text(text), out var code) && code is >= 400 and < 600 => code,
        _ => null,
    };
}
