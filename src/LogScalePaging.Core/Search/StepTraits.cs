namespace LogScalePaging.Search;

/// <summary>
/// Whether a search can be read in steps of time, each by a separate search, and what is known about the times of its records.
/// </summary>
/// <param name="WhyNot">Why it cannot, in words that can follow "because"; null if it can.</param>
/// <param name="MayMoveTimes">True if the records may have another time than the events that they were made of.</param>
public sealed record StepTraits(string? WhyNot, bool MayMoveTimes = false);
