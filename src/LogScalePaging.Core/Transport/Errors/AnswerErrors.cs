using System.Globalization;
using System.Text.Json;
using LogScalePaging.Json;

namespace LogScalePaging.Transport.Errors;

/// <summary>Finds errors in an answer with a success status, as the Falcon gateway sends them: <c>errors:[{code,message}]</c>.</summary>
internal static class AnswerErrors
{
    /// <summary>Throws if the answer is an object with errors.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="but">A code that is not an error here.</param>
    /// <exception cref="AnswerErrorsException">It has errors.</exception>
    public static void ThrowIfAny(JsonElement answer, int? but = null)
    {
        if (AnswerJson.Member(answer, "errors") is { } errors && Find(errors) is { } found && found.Code != but)
            throw found;
    }

    /// <summary>Reads the value of <c>errors</c>; null when there are none.</summary>
    public static AnswerErrorsException? Read(ReadOnlySpan<byte> json)
    {
        using var document = AnswerJson.Parse(json);
        return Find(document.RootElement);
    }

    private static AnswerErrorsException? Find(JsonElement errors) => errors.ValueKind switch
    {
        // Most good answers of the gateway have an empty list, or null.
        JsonValueKind.Array when errors.GetArrayLength() == 0 => null,
        JsonValueKind.Null or JsonValueKind.Undefined or JsonValueKind.False => null,
        JsonValueKind.Array => Make(Code(errors[0]), errors),
        _ => Make(Code(errors), errors),
    };

    private static AnswerErrorsException Make(int code, JsonElement errors) => new(code, $"{{\"errors\":{errors.GetRawText()}}}");

    private static int Code(JsonElement error)
    {
        return AnswerJson.Member(error, "code") switch
        {
            { ValueKind: JsonValueKind.Number } code when code.TryGetInt32(out var number) => number,
            { ValueKind: JsonValueKind.String } code
                when int.TryParse(AnswerJson.Text(code), NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
            _ => 0,
        };
    }
}
