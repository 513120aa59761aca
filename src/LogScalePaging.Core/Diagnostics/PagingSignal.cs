namespace LogScalePaging.Diagnostics;

/// <summary>A named event of a walk.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Level">Who needs to know.</param>
/// <param name="Message">One line for a person; no secret, no control character.</param>
/// <param name="Count">How many times, or how many events, if that applies.</param>
/// <param name="Time">When, by the clock of this machine.</param>
public sealed record PagingSignal(SignalKind Kind, SignalLevel Level, string Message, long Count, DateTimeOffset Time);
