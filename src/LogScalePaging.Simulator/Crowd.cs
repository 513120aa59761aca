namespace LogScalePaging.Simulator;

/// <summary>A group of ProcessRollup2 events with nearly the same time, added to the generated data.</summary>
/// <param name="Ago">Time of the group before the end of the data.</param>
/// <param name="Count">How many events it has.</param>
/// <param name="Within">The time over which they are spread; zero puts all into one millisecond.</param>
public sealed record Crowd(TimeSpan Ago, int Count, TimeSpan Within = default);
