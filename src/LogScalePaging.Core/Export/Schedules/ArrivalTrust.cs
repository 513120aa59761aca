namespace LogScalePaging.Export.Schedules;

/// <summary>What a schedule knows about a server that may find records by the time of their arrival.</summary>
/// <param name="Works">True after a test that passed, false if the server cannot do it, null if it is not known.</param>
/// <param name="Misses">How often the server had more records in the look-back than it found by the time of arrival.</param>
internal sealed record ArrivalTrust(bool? Works = null, int Misses = 0);
