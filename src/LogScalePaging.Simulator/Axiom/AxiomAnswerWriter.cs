using System.Text.Json;

namespace LogScalePaging.Simulator.Axiom;

/// <summary>Writes results in both forms of Axiom.</summary>
internal static class AxiomAnswerWriter
{
    public static byte[] Write(AxiomResult result, bool isLegacy, IReadOnlyList<string> messages)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            if (!isLegacy)
                json.WriteString("format", "tabular");
            Status(json, result, messages);
            if (isLegacy)
                Legacy(json, result);
            else
                Tabular(json, result);
            json.WriteEndObject();
        }
        return stream.ToArray();
    }

    private static void Status(Utf8JsonWriter json, AxiomResult result, IReadOnlyList<string> messages)
    {
        json.WriteStartObject("status");
        json.WriteNumber("elapsedTime", 1_234);
        if (result.MinCursor is not null)
        {
            json.WriteString("minCursor", result.MinCursor);
            json.WriteString("maxCursor", result.MaxCursor);
        }
        // This number counts candidates, not the rows of the result.
        json.WriteNumber("rowsExamined", result.Matched + 17);
        json.WriteNumber("rowsMatched", result.Matched + 5);
        json.WriteBoolean("isPartial", result.IsPartial);
        json.WriteBoolean("isEstimate", result.IsEstimate);
        json.WriteStartArray("messages");
        foreach (var message in messages)
        {
            json.WriteStartObject();
            json.WriteString("priority", "warn");
            json.WriteNumber("count", 1);
            json.WriteString("code", "simulated");
            json.WriteString("msg", message);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Tabular(Utf8JsonWriter json, AxiomResult result)
    {
        json.WriteStartArray("tables");
        json.WriteStartObject();
        json.WriteString("name", "0");
        json.WriteStartArray("fields");
        foreach (var column in result.Columns)
        {
            json.WriteStartObject();
            json.WriteString("name", column);
            json.WriteString("type",
                AxiomEventFields.Names.FirstOrDefault(f => f.Name == column).Type ?? (column[0] == '_' ? "datetime" : "integer"));
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("columns");
        for (var column = 0; column < result.Columns.Count; column++)
        {
            json.WriteStartArray();
            foreach (var row in result.Rows)
                json.WriteRawValue(row.Value(result.Columns, column), skipInputValidation: true);
            json.WriteEndArray();
        }
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void Legacy(Utf8JsonWriter json, AxiomResult result)
    {
        json.WriteStartArray("matches");
        foreach (var row in result.IsMade ? [] : result.Rows)
        {
            var e = row.Event!.Value;
            json.WriteStartObject();
            json.WriteString("_time", AxiomTime.Text(e.Time));
            json.WriteString("_sysTime", AxiomTime.Text(e.SystemTime));
            json.WriteString("_rowId", e.Cursor);
            json.WriteStartObject("data");
            for (var column = 0; column < result.Columns.Count; column++)
            {
                if (result.Columns[column] is "_time" or "_sysTime" or "_rowId")
                    continue;
                json.WritePropertyName(result.Columns[column]);
                json.WriteRawValue(row.Value(result.Columns, column), skipInputValidation: true);
            }
            json.WriteEndObject();
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartObject("buckets");
        json.WriteStartArray("totals");
        if (result.IsCount)
        {
            json.WriteStartObject();
            json.WriteStartArray("aggregations");
            json.WriteStartObject();
            json.WriteString("op", "count");
            json.WritePropertyName("value");
            json.WriteRawValue(result.Rows[0].Values![0]);
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
