using System.Text.Json;

namespace LogScalePaging.Simulator.Tanium;

/// <summary>A value in GraphQL text: a literal, or a variable.</summary>
/// <param name="Text">Text of a string, a number, an enum or a keyword; the name of a variable.</param>
/// <param name="IsVariable">Whether it is a variable.</param>
internal sealed record GraphValue(string? Text, bool IsVariable)
{
    /// <summary>The text of the value; null for null and for a variable without a value.</summary>
    public string? Resolve(JsonElement variables)
    {
        if (!IsVariable)
            return Text;
        if (variables.ValueKind != JsonValueKind.Object || !variables.TryGetProperty(Text!, out var value))
            return null;
        return value.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.String => value.GetString(),
            _ => value.GetRawText(),
        };
    }
}
