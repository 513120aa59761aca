namespace LogScalePaging.LogScale.Cql;

/// <summary>What the text of a query says about how its result can be read.</summary>
internal sealed record QueryTraits
{
    /// <summary>Every call, at every level. For a query that is not understood: everything that may be a call.</summary>
    public required IReadOnlyList<CqlCall> Calls { get; init; }

    /// <summary>Why the query is not understood, in words; null if it is.</summary>
    public string? Problem { get; init; }

    /// <summary>Whether the range may be cut.</summary>
    public required CutDecision Cutting { get; init; }

    /// <summary>The query reads the clock or picks at random, in words: only a single evaluation is exact. Null if it does not.</summary>
    public string? OneEvaluation { get; init; }

    /// <summary>True if the query reads the clock, as <c>now()</c> does.</summary>
    public bool ReadsClock { get; init; }

    /// <summary>
    /// True if the query reads <c>start()</c> or <c>end()</c> of its job. This is safe after the range is pinned, but never in windows.
    /// </summary>
    public bool UsesRangeEnds { get; init; }

    /// <summary>
    /// Why each window would repeat the whole result, in words. The query is then not cut, even if the user requests it. Null if it would
    /// not.
    /// </summary>
    public string? NeverCut { get; init; }

    /// <summary>True if the query writes <c>@timestamp</c>.</summary>
    public bool WritesTimestamp { get; init; }

    /// <summary>True if the data of an event can name <c>@timestamp</c>, for example keys that <c>parseJson()</c> finds.</summary>
    public bool MayWriteTimestamp { get; init; }

    /// <summary>True if the rows of the result can lack the <c>@id</c> of their event.</summary>
    public bool MayDropId { get; init; }

    /// <summary>True if an event can give several rows, which then share its <c>@id</c>.</summary>
    public bool MultipliesRows { get; init; }

    /// <summary>True if the query seems to make its own rows. Only the server knows.</summary>
    public bool IsAggregate { get; init; }

    /// <summary>Functions that read data from outside the events, which can change between two jobs.</summary>
    public IReadOnlyList<string> Externals { get; init; } = [];

    /// <summary>Why a result of this many rows may have been cut by a function's own limit; null if there is no sign of it.</summary>
    public string? DefaultLimit(long rows)
    {
        var call = Calls.FirstOrDefault(
            c => c is { Scope: CqlScope.Main, Function.DefaultLimit: { } limit } && limit == rows && !CallTraits.HasLimit(c));
        if (call is null)
            return null;
        var most = Math.Min(20_000, call.Function!.MaxLimit ?? 20_000);
        return FormattableString.Invariant(
            $"{call.Shown} returns {rows} rows unless it has another limit, and {rows} rows were received: add limit={most} to get more");
    }
}
