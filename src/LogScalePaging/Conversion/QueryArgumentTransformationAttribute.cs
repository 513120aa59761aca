using System.Collections;
using System.Management.Automation;
using System.Text.Json;

namespace LogScalePaging;

/// <summary>
/// Accepts values for the parameters of a query in several forms: a hashtable, an object with properties, a JSON object as text, or lines
/// of
/// <c>name=value</c>, as a cell of a csv file has them. Semicolons separate values like line ends.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class QueryArgumentTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => inputData switch
    {
        PSObject { BaseObject: PSCustomObject } custom => OfProperties(custom),
        PSObject wrapped => Transform(engineIntrinsics, wrapped.BaseObject),
        string text => OfText(text),
        _ => inputData,
    };

    private static Hashtable OfProperties(PSObject custom)
    {
        var values = new Hashtable(StringComparer.Ordinal);
        foreach (var property in custom.Properties)
            values[property.Name] = property.Value;
        return values;
    }

    // An empty cell of a csv file means that there are no values.
    private static Hashtable? OfText(string text)
    {
        var trimmed = text.Trim();
        if (trimmed.Length == 0)
            return null;
        return trimmed[0] == '{' ? OfJson(trimmed) : OfLines(trimmed);
    }

    private static Hashtable OfJson(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            var values = new Hashtable(StringComparer.Ordinal);
            foreach (var member in json.RootElement.EnumerateObject())
                values[member.Name] = member.Value.ValueKind == JsonValueKind.String ? member.Value.GetString() : member.Value.GetRawText();
            return values;
        }
        catch (JsonException e)
        {
            throw new ArgumentTransformationMetadataException("The text of -Argument begins with '{', but is not a JSON object.", e);
        }
    }

    private static Hashtable OfLines(string text)
    {
        var values = new Hashtable(StringComparer.Ordinal);
        foreach (var part in text.Split('\n', '\r', ';'))
        {
            if (part.Trim() is not { Length: > 0 } pair)
                continue;
            var equals = pair.IndexOf('=');
            var name = equals < 0 ? "" : pair.Substring(0, equals).Trim();
            if (name.Length == 0 || values.ContainsKey(name))
            {
                throw new ArgumentTransformationMetadataException(
                    "The text of -Argument must have the form name=value, each name once, with a "
                    + "semicolon or a line end between them. Write values with semicolons as a JSON object.");
            }
            values[name] = pair.Substring(equals + 1).Trim();
        }
        return values;
    }
}
