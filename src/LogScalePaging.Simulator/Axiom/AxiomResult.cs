namespace LogScalePaging.Simulator.Axiom;

/// <summary>The result of a query.</summary>
internal sealed class AxiomResult
{
    /// <summary>Names of the columns.</summary>
    public List<string> Columns { get; set; } = [];

    public List<AxiomRow> Rows { get; set; } = [];

    /// <summary>Whether the rows are groups. The legacy form has groups in its buckets.</summary>
    public bool IsMade { get; set; }

    /// <summary>Whether this is a count of events.</summary>
    public bool IsCount { get; set; }

    public string? MinCursor { get; set; }

    public string? MaxCursor { get; set; }

    public bool IsPartial { get; set; }

    public bool IsEstimate { get; set; }

    /// <summary>Events that matched before any limit.</summary>
    public long Matched { get; set; }
}
