using LogScalePaging.Diagnostics;
using LogScalePaging.Records;

namespace LogScalePaging.Axiom.Answers;

/// <summary>The answer to one query.</summary>
/// <param name="Rows">Its rows as records, in the order of the server.</param>
internal sealed record AxiomAnswer(IReadOnlyList<Record> Rows)
{
    /// <summary>True when the server says that rows are missing, or that values are estimated.</summary>
    public bool IsPartial { get; init; }

    /// <summary>What the server says about its answer, each as a part of a sentence.</summary>
    public IReadOnlyList<string> Messages { get; init; } = [];

    /// <summary>The first value of the answer if it is a number, which is the result of a count.</summary>
    public string? Number { get; init; }

    /// <summary>The server's trace id.</summary>
    public string? TraceId { get; init; }

    /// <summary>The rate limit from the headers.</summary>
    public RateLimit? RateLimit { get; init; }
}
