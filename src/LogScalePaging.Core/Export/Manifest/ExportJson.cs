using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LogScalePaging.Export.Manifest;

/// <summary>The JSON options of the export's files: camelCase, enums by name, text without unnecessary escapes.</summary>
internal static class ExportJson
{
    public static readonly JsonSerializerOptions Manifest = Options(o => o.WriteIndented = true);

    public static readonly JsonSerializerOptions State = Options(o =>
    {
        // Computed values are not written, because they are computed again after reading.
        o.IgnoreReadOnlyProperties = true;
        o.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
    });

    private static JsonSerializerOptions Options(Action<JsonSerializerOptions> change)
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        options.Converters.Add(new JsonStringEnumConverter());
        change(options);
        return options;
    }
}
