namespace LogScalePaging.Simulator.Query;

/// <summary><c>Field := Left</c>, or with a sum or a difference.</summary>
internal sealed record Assignment(string Field, Operand Left, Operand? Right, bool IsMinus);

/// <summary>One of: a whole number, a field, a function of the job's time.</summary>
internal sealed record Operand(long? Number, string? Field, string? Function);
