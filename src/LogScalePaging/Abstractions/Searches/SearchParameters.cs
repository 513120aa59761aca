using System.Collections;
using System.Globalization;
using System.Management.Automation;
using LogScalePaging.Export.Formats;
using LogScalePaging.LogScale.Queries;

namespace LogScalePaging.Commands;

/// <summary>Converts the parameters of a search for the engine.</summary>
internal static class SearchParameters
{
    /// <summary>Default start of the range: 15 minutes ago, as in the published script.</summary>
    public const string DefaultStart = "15m";

    /// <summary>Default end of the range.</summary>
    public const string DefaultEnd = "now";

    /// <summary>Events per page: the size of the server's own buffer.</summary>
    public const int DefaultPageSize = 200;

    /// <summary>Seconds without progress after which a query job is cancelled: the engine's default.</summary>
    public const int DefaultJobTimeoutSec = 3_600;

    /// <summary>The largest such value: a day.</summary>
    public const int MostJobTimeoutSec = 86_400;

    /// <summary>The engine's format of a name; null if the file's extension decides.</summary>
    public static ExportFormat? Engine(ExportFileFormat format) => format switch
    {
        ExportFileFormat.Auto => null,
        ExportFileFormat.Json => ExportFormat.Json,
        ExportFileFormat.NdJson => ExportFormat.NdJson,
        ExportFileFormat.Csv => ExportFormat.Csv,
        ExportFileFormat.Timesketch => ExportFormat.Timesketch,
        _ => throw new ArgumentException($"The format {format} does not exist."),
    };

    /// <summary>Query arguments for the server: strings, with culture-invariant numbers.</summary>
    public static IReadOnlyDictionary<string, string>? Arguments(IDictionary? arguments)
    {
        if (arguments is not { Count: > 0 })
            return null;
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry argument in arguments)
            texts[Text(argument.Key)] = Text(argument.Value);
        return texts;
    }

    /// <summary>An absolute time in epoch milliseconds.</summary>
    /// <exception cref="ArgumentException">It is relative, or not a time.</exception>
    public static long Timestamp(object value) =>
        QueryTime.Parse(Text(value)).Milliseconds ?? throw new ArgumentException($"'{Text(value)}' is a relative time. The time of an "
            + "event must be absolute.");

    private static string Text(object? value) => value switch
    {
        PSObject wrapped => Text(wrapped.BaseObject),
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
