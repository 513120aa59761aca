namespace LogScalePaging.LogScale.Cql;

/// <summary>What the text of a query says about the ways in which its result can be read.</summary>
internal sealed record QueryTraits
{
    /// <summary>Every call, at every level. Of a query that is not understood: whatever may be one.</summary>
    public required IReadOnlyList<CqlCall> Calls { get; init; }

    /// <summary>Why the query is not understood, in words; null when it is.</summary>
    public string? Problem { get; init; }

    /// <summary>Whether the range may be cut.</summary>
    public required CutDecision Cutting { get; init; }

    /// <summary>The query reads the clock or picks at random, in words: only one evaluation of it is exact. Null when it does not.</summary>
    public string? OneEvaluation { get; init; }

    /// <summary>True when the query reads the clock, as <c>now()</c> does.</summary>
    public bool ReadsClock { get; init; }

    /// <summary>True when the query reads <c>start()</c> or <c>end()</c> of its job: safe once the range is pinned, and never in windows.</summary>
    public bool UsesRangeEnds { get; init; }

    /// <summary>Why each window would repeat the whole result, in words, so that not even a user's wish cuts it; null when it would not.</summary>
    public string? NeverCut { get; init; }

    /// <summary>True when the query writes <c>@timestamp</c>.</summary>
    public bool WritesTimestamp { get; init; }

    /// <summary>True when the data of an event may name <c>@timestamp</c>, as keys that <c>parseJson()</c> finds may.</summary>
    public bool MayWriteTimestamp { get; init; }

    /// <summary>True when the rows of the result may lack the <c>@id</c> of their event.</summary>
    public bool MayDropId { get; init; }

    /// <summary>True when an event may give several rows, which then share its <c>@id</c>.</summary>
    public bool MultipliesRows { get; init; }

    /// <summary>True when the query seems to make rows of its own. Only the server knows.</summary>
    public bool IsAggregate { get; init; }

    /// <summary>Functions that read data from outside the events, which may change between two jobs.</summary>
    public IReadOnlyList<string> Externals { get; init; } = [];

    /// <summary>Why a result of that many rows may have been cut by a function's own limit; null when nothing speaks for it.</summary>
    public string? DefaultLimit(long rows)
    {
        var call = Calls.FirstOrDefault(c => c is { Scope: CqlScope.Main, Function.DefaultLimit: { } limit } && limit == rows && !CallTraits.HasLimit(c));
        if (call is null)
            return null;
        var most = Math.Min(20_000, call.Function!.MaxLimit ?? 20_000);
        return FormattableString.Invariant(
            $"{call.Shown} returns {rows} rows unless it has another limit, and {rows} rows were received: add limit={most} to get more");
    }
}
