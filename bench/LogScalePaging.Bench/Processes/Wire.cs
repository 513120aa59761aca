using System.Text.Json;

namespace LogScalePaging.Bench.Processes;

/// <summary>Messages between the processes of a benchmark: one line of JSON each.</summary>
internal static class Wire
{
    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web);

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, s_options);

    public static T Read<T>(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(line, s_options)
                ?? throw new BenchException($"An empty answer where {typeof(T).Name} was expected.");
        }
        catch (JsonException)
        {
            throw new BenchException($"Not {typeof(T).Name}: {line}");
        }
    }
}
