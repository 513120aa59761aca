using LogScalePaging.Common;
using LogScalePaging.Diagnostics;

namespace LogScalePaging.Export.Formats;

internal static class EmptyFields
{
    /// <summary>Warns about requested fields without a value in any event. They are probably misspelt.</summary>
    public static void Report(IReadOnlyList<string>? fields, SignalLog signals)
    {
        if (fields is { Count: > 0 })
            signals.WarnLater(SignalKind.EmptyField, $"No event has a value in {Named(fields)} of -Property (--fields). Field names are "
                + "case-sensitive. Compare them with the names in an event.", fields.Count);
    }

    private static string Named(IReadOnlyList<string> fields)
    {
        const int Most = 5;
        var named = string.Join(", ", fields.Take(Most).Select(f => $"'{Printable.Line(f)}'"));
        return fields.Count == 1 ? $"the field {named}" : $"the fields {named}{(fields.Count > Most ? $" and {fields.Count - Most} more" : "")}";
    }
}
