using LogScalePaging.Diagnostics;
using LogScalePaging.Records;

namespace LogScalePaging.Axiom.Answers;

/// <summary>The answer to one query.</summary>
/// <param name="Rows">Its rows as records, in the order of the server.</param>
internal sealed record AxiomAnswer(IReadOnlyList<Record> Rows)
{
    /// <summary>True when the server says that rows are missing, or that values are estimated.</summary>
    public bool IsPartial { get; init; }

    /// <summary>What the server says about its answer, each in part of a sentence.</summary>
    public IReadOnlyList<string> Messages { get; init; } = [];

    /// <summary>The first value of the answer as it is written, where it is a number: what a count brings.</summary>
    public string? Number { get; init; }

    /// <summary>The server's trace id.</summary>
    public string? TraceId { get; init; }

    /// <summary>The rate limit as the headers stated it.</summary>
    public RateLimit? RateLimit { get; init; }
}
