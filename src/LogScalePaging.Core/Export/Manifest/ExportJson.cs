using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LogScalePaging.Export.Manifest;

/// <summary>How this room's own files are written: camelCase, enums by name, text readable as it is.</summary>
internal static class ExportJson
{
    public static readonly JsonSerializerOptions Manifest = Options(o => o.WriteIndented = true);

    public static readonly JsonSerializerOptions State = Options(o =>
    {
        // Sums and hashes are worked out again when they are read.
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
