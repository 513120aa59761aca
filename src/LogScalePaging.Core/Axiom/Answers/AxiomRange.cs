namespace LogScalePaging.Axiom.Answers;

/// <summary>A pinned range.</summary>
/// <param name="Start">Nanoseconds since 1970 UTC, inside.</param>
/// <param name="End">Nanoseconds since 1970 UTC; whether it is inside, the server decides.</param>
internal readonly record struct AxiomRange(long Start, long End);
