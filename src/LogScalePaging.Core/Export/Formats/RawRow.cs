using LogScalePaging.Diagnostics;

namespace LogScalePaging.Export.Formats;

/// <summary>The event's own bytes.</summary>
internal sealed class RawRow : IRowFormatter
{
    public IReadOnlyList<string> EmptyColumns => [];

    public ReadOnlySpan<byte> Format(ReadOnlySpan<byte> utf8Event) => utf8Event;

    public void Report(SignalLog signals)
    {
    }
}
