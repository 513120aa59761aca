namespace LogScalePaging.Simulator;

/// <summary>A crowd of ProcessRollup2 events added to the generated data.</summary>
/// <param name="Ago">How long before the end of the data the crowd stands.</param>
/// <param name="Count">How many events it has.</param>
/// <param name="Within">Over which time they are spread; zero packs all into one millisecond.</param>
public sealed record Crowd(TimeSpan Ago, int Count, TimeSpan Within = default);
