using System.Globalization;

namespace LogScalePaging.LogScale.Cql;

/// <summary>
/// The functions of the query language. Names are not case-sensitive: queries in use write <c>groupby</c> as often as <c>groupBy</c>.
/// </summary>
internal static class CqlFunctions
{
    private const string Resource = "LogScalePaging.LogScale.Cql.functions.tsv";
    private static readonly Lazy<Dictionary<string, CqlFunction>> s_byName = new(Load);

    public static IReadOnlyCollection<CqlFunction> All => s_byName.Value.Values;

    /// <summary>The function; null if the name is not in the table.</summary>
    public static CqlFunction? Find(string name) => s_byName.Value.TryGetValue(name, out var function) ? function : null;

    private static Dictionary<string, CqlFunction> Load()
    {
        using var stream = typeof(CqlFunctions).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The resource {Resource} is missing.");
        using var reader = new StreamReader(stream);
        var functions = new Dictionary<string, CqlFunction>(StringComparer.OrdinalIgnoreCase);
        var isHead = true;
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#')
                continue;
            if (!isHead && line.Split('\t') is var c)
                functions.Add(c[0], new CqlFunction(c[0], Class(c[1]), c[2], c[3], c[4], Number(c[5]), Number(c[6]), c[7]));
            isHead = false;
        }
        return functions;
    }

    private static CqlFunctionClass Class(string text) =>
        Enum.TryParse<CqlFunctionClass>(text, ignoreCase: true, out var found)
            ? found
            : throw new InvalidOperationException($"The class '{text}' of {Resource} is not known.");

    private static int? Number(string text) => text.Length == 0 ? null : int.Parse(text, CultureInfo.InvariantCulture);
}
