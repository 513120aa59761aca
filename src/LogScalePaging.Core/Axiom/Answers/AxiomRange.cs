namespace LogScalePaging.Axiom.Answers;

/// <summary>A pinned range.</summary>
/// <param name="Start">Inclusive, nanoseconds since 1970 UTC.</param>
/// <param name="End">Nanoseconds since 1970 UTC. The server decides whether it is inclusive.</param>
internal readonly record struct AxiomRange(long Start, long End);
