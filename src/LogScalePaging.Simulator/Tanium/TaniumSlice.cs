namespace LogScalePaging.Simulator.Tanium;

/// <summary>The part of a collection that a page has.</summary>
/// <param name="Start">Index of its first record.</param>
/// <param name="End">Index behind its last record.</param>
/// <param name="Backward">Whether it was read backward.</param>
/// <param name="Sent">The cursor that was sent; null for none.</param>
internal readonly record struct TaniumSlice(int Start, int End, bool Backward, string? Sent);
