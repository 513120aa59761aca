namespace LogScalePaging.Axiom.Apl;

/// <summary>Decides whether the stages of a query handle each event independently. Only then may the result be cut into pages.</summary>
internal static class AplStages
{
    private const string Time = "_time";

    // Each row of these stages depends on one event. A query with any other stage is not cut.
    private static readonly HashSet<string> s_rowWise = new(StringComparer.Ordinal)
    {
        "where", "filter", "search", "extend", "extend-valid", "project", "project-away", "project-keep", "project-rename",
        "project-reorder",
        "parse", "parse-where", "parse-kv", "mv-expand", "redact", "union",
    };

    // Stages at the start of a query that do not read the events of a dataset.
    private static readonly HashSet<string> s_madeRows = new(StringComparer.Ordinal)
    {
        "print", "range", "datatable", "externaldata", "find", "getschema",
    };

    // Functions whose value depends on the rows before or after, or on chance.
    private static readonly HashSet<string> s_stateful = new(StringComparer.Ordinal)
    {
        "prev", "next", "rand", "row_number", "row_cumsum", "row_rank_dense", "row_rank_min", "row_window_session",
    };

    private static readonly HashSet<string> s_writers = new(StringComparer.Ordinal)
    {
        "extend", "extend-valid", "project", "project-away", "project-rename", "parse", "parse-where", "parse-kv", "mv-expand", "redact",
    };

    /// <summary>Why the result can only be read in one answer; null if it can be cut by time.</summary>
    /// <param name="stages">The stages. The first one names the dataset.</param>
    public static string? WhyWhole(IReadOnlyList<IReadOnlyList<AplToken>> stages)
    {
        if (stages.SelectMany(s => s).Any(t => t.Is('|')))
            return "the query has a subquery";
        var first = stages[0][0];
        if (first.Kind == AplTokenKind.Word && s_madeRows.Contains(first.Value) && stages[0].Count > 1)
            return $"the query begins with {first.Value}";
        return stages.SelectMany(Stateful).FirstOrDefault() ?? stages.Skip(1).Select(Why).FirstOrDefault(w => w is not null);
    }

    private static IEnumerable<string> Stateful(IReadOnlyList<AplToken> stage) =>
        from i in Enumerable.Range(0, stage.Count - 1)
        where stage[i].Kind == AplTokenKind.Word && stage[i + 1].Is('(') && s_stateful.Contains(stage[i].Value)
        select $"the query uses {stage[i].Value}()";

    private static string? Why(IReadOnlyList<AplToken> stage)
    {
        var name = stage[0].Value;
        if (stage[0].Kind != AplTokenKind.Word || !s_rowWise.Contains(name))
            return $"the query uses {name}";
        if (name is "project" or "project-keep" && !KeepsTime(stage))
            return $"{name} removes {Time}, which is needed to read pages";
        return s_writers.Contains(name) && WritesTime(name, stage) ? $"{name} changes {Time}, which is needed to read pages" : null;
    }

    private static bool KeepsTime(IReadOnlyList<AplToken> stage)
    {
        for (var i = 1; i < stage.Count; i++)
        {
            // A pattern such as project-keep _*.
            if (stage[i].Depth == 0 && (stage[i].IsWord(Time) || stage[i].Is('*')) && !(i > 1 && stage[i - 1].Is('=')))
                return true;
        }
        return false;
    }

    // Reading _time in an expression is allowed: extend hour = hourofday(_time). project may name it, but not assign it.
    private static bool WritesTime(string name, IReadOnlyList<AplToken> stage)
    {
        for (var i = 1; i < stage.Count; i++)
        {
            var isNamed = stage[i].IsWord(Time) || (stage[i].Kind == AplTokenKind.Text && stage[i].Value.Trim('"', '\'') == Time);
            if (!isNamed)
                continue;
            if (name is not ("extend" or "extend-valid" or "project"))
                return true;
            var next = stage[i].Kind == AplTokenKind.Text ? i + 2 : i + 1;
            if (next < stage.Count && stage[next].Is('=') && !(next + 1 < stage.Count && stage[next + 1].Is('=')))
                return true;
        }
        // A pattern can remove _time.
        return name is "project-away" && stage.Any(t => t.Is('*'));
    }
}
