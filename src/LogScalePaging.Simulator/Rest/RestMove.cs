namespace LogScalePaging.Simulator;

/// <summary>A change of the times of a record of Falcon's REST API.</summary>
/// <param name="Page">
/// The page after which the times change, counted from 1 over all pages that the simulator served. Requests with <c>limit=1</c> are not
/// pages.
/// </param>
/// <param name="Record">Index of the record in the order of creation, from 0.</param>
/// <param name="To">The new time.</param>
public sealed record RestMove(int Page, int Record, DateTimeOffset To);
