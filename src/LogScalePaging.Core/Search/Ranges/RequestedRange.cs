namespace LogScalePaging.Search.Ranges;

/// <summary>A time range before the server has pinned it.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="End">Where it ends.</param>
public readonly record struct RequestedRange(RequestedTime Start, RequestedTime End)
{
    /// <summary>True if both ends are absolute.</summary>
    public bool IsAbsolute => Start.Words is null && End.Words is null;
}

/// <summary>One end of a time range as the user gave it.</summary>
/// <param name="Milliseconds">Epoch milliseconds; null when the end is relative, or when there is none.</param>
/// <param name="Words">The relative time in the user's words; null when the end is absolute.</param>
public readonly record struct RequestedTime(long? Milliseconds, string? Words)
{
    /// <inheritdoc/>
    public override string ToString() => Words ?? (Milliseconds is { } time ? Common.UtcTime.Iso(time) : "(none)");
}
