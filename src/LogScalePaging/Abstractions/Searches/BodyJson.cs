using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Text;
using System.Text.Json;

namespace LogScalePaging.Commands;

/// <summary>
/// Writes a value of a parameter as JSON, a hashtable with its names in order. The text is part of what a resumed export is compared by,
/// and the order of a hashtable changes between processes.
/// </summary>
internal static class BodyJson
{
    private static readonly JsonWriterOptions s_options = new() { MaxDepth = 100 };

    /// <param name="value">The value.</param>
    /// <param name="parameter">The parameter that it belongs to, for messages.</param>
    /// <exception cref="ArgumentException">A value has no form in JSON.</exception>
    public static string Write(object? value, string parameter)
    {
        using var bytes = new MemoryStream();
        using var writer = new Utf8JsonWriter(bytes, s_options);
        try
        {
            Write(writer, value, parameter);
        }
        catch (InvalidOperationException e)
        {
            // A hashtable may hold itself.
            throw new ArgumentException($"{parameter} is nested too deep for JSON.", e);
        }
        writer.Flush();
        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    private static void Write(Utf8JsonWriter writer, object? value, string parameter)
    {
        switch (value)
        {
            case PSObject { BaseObject: not PSCustomObject } wrapped:
                Write(writer, wrapped.BaseObject, parameter);
                break;
            case PSObject custom:
                Write(writer, DictionaryTransformationAttribute.Of(custom), parameter);
                break;
            case null:
                writer.WriteNullValue();
                break;
            case string text:
                writer.WriteStringValue(text);
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case DateTime time:
                writer.WriteStringValue(time.ToUniversalTime());
                break;
            case DateTimeOffset time:
                writer.WriteStringValue(time.UtcDateTime);
                break;
            case IDictionary map:
                writer.WriteStartObject();
                foreach (var entry in map.Cast<DictionaryEntry>().OrderBy(Name, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(Name(entry));
                    Write(writer, entry.Value, parameter);
                }
                writer.WriteEndObject();
                break;
            case IEnumerable items:
                writer.WriteStartArray();
                foreach (var item in items)
                    Write(writer, item, parameter);
                writer.WriteEndArray();
                break;
            case double number:
                writer.WriteNumberValue(number);
                break;
            case int or long or short or byte or uint or decimal:
                writer.WriteNumberValue(Convert.ToDecimal(value, CultureInfo.InvariantCulture));
                break;
            default:
                throw new ArgumentException($"A value of {parameter} has the type {value.GetType().Name}, which JSON does not have.");
        }
    }

    /// <summary>The name of an entry.</summary>
    public static string Name(DictionaryEntry entry) => Convert.ToString(entry.Key, CultureInfo.InvariantCulture) ?? "";
}
