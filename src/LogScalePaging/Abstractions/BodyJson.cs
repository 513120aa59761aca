using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Text;
using System.Text.Json;

namespace LogScalePaging.Commands;

/// <summary>
/// Writes a hashtable as JSON with its names in order. The body is part of what a resumed export is compared by, and the order of a
/// hashtable changes between processes.
/// </summary>
internal static class BodyJson
{
    private static readonly JsonWriterOptions s_options = new() { MaxDepth = 100 };

    /// <exception cref="ArgumentException">A value has no form in JSON.</exception>
    public static string Write(IDictionary values)
    {
        using var bytes = new MemoryStream();
        using var writer = new Utf8JsonWriter(bytes, s_options);
        try
        {
            Write(writer, values);
        }
        catch (InvalidOperationException e)
        {
            // A hashtable may hold itself.
            throw new ArgumentException("-Body is nested too deep for JSON.", e);
        }
        writer.Flush();
        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    private static void Write(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case PSObject { BaseObject: not PSCustomObject } wrapped:
                Write(writer, wrapped.BaseObject);
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
                    Write(writer, entry.Value);
                }
                writer.WriteEndObject();
                break;
            case IEnumerable items:
                writer.WriteStartArray();
                foreach (var item in items)
                    Write(writer, item);
                writer.WriteEndArray();
                break;
            case double number:
                writer.WriteNumberValue(number);
                break;
            case int or long or short or byte or uint or decimal:
                writer.WriteNumberValue(Convert.ToDecimal(value, CultureInfo.InvariantCulture));
                break;
            default:
                throw new ArgumentException($"A value of -Body has the type {value.GetType().Name}, which JSON does not have.");
        }
    }

    private static string Name(DictionaryEntry entry) => Convert.ToString(entry.Key, CultureInfo.InvariantCulture) ?? "";
}
