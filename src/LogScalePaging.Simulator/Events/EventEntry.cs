namespace LogScalePaging.Simulator.Events;

/// <summary>The index's entry for an event.</summary>
/// <param name="Address">Chunk and offset in the <see cref="EventBuffer"/>.</param>
/// <param name="Length">Bytes, with the line feed.</param>
/// <param name="Tag">Code of <c>#event_simpleName</c> in the <see cref="TagCodes"/>.</param>
internal readonly record struct EventEntry(long Timestamp, long Ingested, long Address, int Length, ushort Tag);
