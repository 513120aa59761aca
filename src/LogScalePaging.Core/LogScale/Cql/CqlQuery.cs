namespace LogScalePaging.LogScale.Cql;

/// <summary>Reads the parts of a query that matter to a walk. It does not validate the query. Only the server can do that.</summary>
internal static class CqlQuery
{
    /// <summary>The traits of the query. It never fails, and takes linear time.</summary>
    /// <param name="query">The query as the user wrote it.</param>
    public static QueryTraits Analyze(string query)
    {
        var tokens = CqlLexer.Read(query);
        if (tokens.Problem is null && CqlCalls.Of(tokens) is var read)
        {
            var traits = Of(read.All, read.All.Select(CallTraits.Problem).FirstOrDefault(p => p is not null));
            return traits with
            {
                WritesTimestamp = traits.WritesTimestamp || read.AssignsTimestamp,
                MayDropId = traits.MayDropId || read.AssignsId,
                MultipliesRows = traits.MultipliesRows || read.RepeatsRegex,
            };
        }
        return Of(CqlCalls.Perhaps(query), tokens.Problem) with { MayWriteTimestamp = true };
    }

    private static QueryTraits Of(IReadOnlyList<CqlCall> calls, string? problem)
    {
        var externals = calls.Where(c => c.Function?.Class == CqlFunctionClass.External).Select(c => c.Shown).Distinct().ToList();
        var whyNot = calls.Select(CallTraits.WhyNotCut).FirstOrDefault(w => w is not null);
        return new QueryTraits
        {
            Calls = calls,
            Problem = problem,
            Cutting = problem is not null ? new CutDecision(false, $"the query is not understood: {problem}")
                : whyNot is not null ? new CutDecision(false, whyNot)
                : new CutDecision(true, Allowed(externals)),
            OneEvaluation = calls.Select(CallTraits.OneEvaluation).FirstOrDefault(w => w is not null),
            ReadsClock = calls.Any(c => c.Function?.Name == "now"),
            UsesRangeEnds = calls.Any(c => c.Function?.Name is "start" or "end"),
            NeverCut = calls.Select(CallTraits.NeverCut).FirstOrDefault(w => w is not null),
            WritesTimestamp = calls.Any(CallTraits.WritesTimestamp),
            MayWriteTimestamp = calls.Any(CallTraits.MayWriteTimestamp),
            MayDropId = calls.Any(CallTraits.MayDropId),
            MultipliesRows = calls.Any(CallTraits.MultipliesRows),
            IsAggregate = calls.Any(
                c => c is { Scope: CqlScope.Main, Function.Class: CqlFunctionClass.Aggregate or CqlFunctionClass.Limit }),
            Externals = externals,
        };
    }

    private static string Allowed(List<string> externals) => externals.Count == 0
        ? "every function decides each event alone"
        : $"every function decides each event alone; {string.Join(", ", externals)} {(externals.Count == 1 ? "reads" : "read")} data "
            + "from outside the events, which may change during the search";
}
