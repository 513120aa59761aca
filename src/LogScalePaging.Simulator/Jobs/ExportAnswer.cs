using LogScalePaging.Simulator.Events;
using LogScalePaging.Simulator.Http;
using LogScalePaging.Simulator.Query;
using LogScalePaging.Simulator.Query.RowSets;

namespace LogScalePaging.Simulator.Jobs;

/// <summary>Only the events of a job, in the format of <c>mimeType</c>.</summary>
internal static class ExportAnswer
{
    public static HttpResponse Create(Rows rows, string mimeType, string? fieldsToExport)
    {
        var fields = fieldsToExport?.Split([','], StringSplitOptions.RemoveEmptyEntries) ?? [];
        switch (mimeType)
        {
            case "application/json":
                return new HttpResponse(200, mimeType,
                    new RowsBody("["u8.ToArray(), Narrow(rows, fields), asLines: false, "]"u8.ToArray()));
            case "application/x-ndjson":
                return new HttpResponse(200, mimeType, new RowsBody([], Narrow(rows, fields), asLines: true, []));
            case "text/csv":
                return fields.Length == 0 ? HttpResponse.Text(400, "text/csv needs fieldsToExport")
                    : new HttpResponse(200, "text/csv; charset=UTF-8", new BytesBody(Csv(rows, fields)));
            case "text/plain":
                return new HttpResponse(200, "text/plain; charset=UTF-8", new BytesBody(Plain(rows)));
            default:
                return HttpResponse.Text(400, "Unsupported mimeType: " + mimeType);
        }
    }

    private static Rows Narrow(Rows rows, string[] fields)
        => fields.Length == 0 ? rows
            : new Query.Stages.SelectStage(fields, null).Apply(rows, new StageContext(new SimulatorOptions(), default));

    private static byte[] Csv(Rows rows, string[] fields)
    {
        StoredName[] names = [.. fields.Select(f => new StoredName(f))];
        var csv = new ByteWriter(64 * 1024);
        csv.Add(string.Join(",", fields.Select(Quote))).Add("\r\n"u8);
        for (var i = 0; i < rows.Count; i++)
        {
            var json = rows.Json(i);
            for (var f = 0; f < names.Length; f++)
            {
                if (f > 0)
                    csv.Add((byte)',');
                if (names[f].TryRead(json, out var value))
                    csv.Add(Quote(value.Text));
            }
            csv.Add("\r\n"u8);
        }
        return csv.ToArray();
    }

    private static string Quote(string text)
        => text.IndexOfAny(['"', ',', '\r', '\n']) < 0 ? text : "\"" + text.Replace("\"", "\"\"") + "\"";

    private static byte[] Plain(Rows rows)
    {
        var text = new ByteWriter(64 * 1024);
        for (var i = 0; i < rows.Count; i++)
        {
            if (KnownFields.RawString.TryRead(rows.Json(i), out var raw))
                text.Add(raw.Text);
            else
                text.Add(rows.Json(i));
            text.Add((byte)'\n');
        }
        return text.ToArray();
    }
}
