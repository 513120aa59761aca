using LogScalePaging.Common;
using LogScalePaging.Diagnostics;

namespace LogScalePaging.Export.Formats;

/// <summary>Requested fields that no record has a value in.</summary>
public static class EmptyFields
{
    /// <summary>Warns about fields of an export without a value in any event. They are probably misspelt.</summary>
    internal static void Report(IReadOnlyList<string>? fields, SignalLog signals)
    {
        if (fields is { Count: > 0 })
            signals.WarnLater(SignalKind.EmptyField, Message(fields, "Field names are case-sensitive. Compare them"), fields.Count);
    }

    /// <summary>Warns about fields of a result in the pipeline, where names do not distinguish case.</summary>
    public static void ReportProperties(IReadOnlyList<string> properties, SignalLog signals)
    {
        if (properties.Count > 0)
            signals.Warn(SignalKind.EmptyField, Message(properties, "Compare the names"), properties.Count);
    }

    private static string Message(IReadOnlyList<string> fields, string advice) =>
        $"No event has a value in {Named(fields)} of -Property (--fields). {advice} with the names in an event.";

    private static string Named(IReadOnlyList<string> fields)
    {
        const int Most = 5;
        var named = string.Join(", ", fields.Take(Most).Select(f => $"'{Printable.Line(f)}'"));
        return fields.Count == 1 ? $"the field {named}" : $"the fields {named}{(fields.Count > Most ? $" and {fields.Count - Most} more" : "")}";
    }
}
