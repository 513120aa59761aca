using System.Globalization;

namespace LogScalePaging.Simulator.Axiom;

/// <summary>The fields of an event, each as JSON, generated from its content.</summary>
internal static class AxiomEventFields
{
    private static readonly string[] Levels = ["info", "warn", "error", "debug"];
    private static readonly string[] Texts =
    [
        "plain", "line\\nbreak", "a \\\"quote\\\" | take 5", "=cmd()", "\\u00e9\\ud83d\\ude00 é", "comma, semicolon;",
    ];

    /// <summary>Names of the fields other than the times, with their types.</summary>
    public static IReadOnlyList<(string Name, string Type)> Names { get; } =
    [
        ("level", "string"), ("status", "integer"), ("big", "integer"), ("duration", "float"), ("ok", "boolean"),
        ("message", "string"), ("tags", "array"), ("geo", "map[string]string"),
    ];

    /// <summary>The value of a field as JSON; null for an unknown field.</summary>
    public static string? Value(in AxiomEvent e, string name) => name switch
    {
        "_time" => $"\"{AxiomTime.Text(e.Time)}\"",
        "_sysTime" => $"\"{AxiomTime.Text(e.SystemTime)}\"",
        "level" => $"\"{Levels[e.Content % Levels.Length]}\"",
        "status" => Number(200 + (e.Content % 5 * 100)),
        // A double cannot hold this number exactly.
        "big" => Number(9_007_199_254_740_993 + e.Content),
        "duration" => (e.Content % 1_000 / 8.0).ToString("R", CultureInfo.InvariantCulture),
        "ok" => e.Content % 7 == 0 ? "null" : e.Content % 2 == 0 ? "true" : "false",
        "message" => $"\"{Texts[e.Content % Texts.Length]} {Number(e.Content)}\"",
        "tags" => e.Content % 11 == 0 ? "null" : $"[\"t{Number(e.Content % 3)}\",{Number(e.Content % 10)}]",
        "geo" => $"{{\"city\":\"c{Number(e.Content % 13)}\",\"zip\":\"{Number(e.Content % 100)}\"}}",
        _ => null,
    };

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
