using LogScalePaging.Diagnostics;

namespace LogScalePaging.Export.Formats;

/// <summary>A row of another format, of the event with its times in ISO 8601.</summary>
/// <param name="inner">The other format.</param>
/// <param name="times">Writes the times.</param>
internal sealed class IsoTimeRow(IRowFormatter inner, IsoTimes times) : IRowFormatter
{
    /// <summary>The other format.</summary>
    public IRowFormatter Inner => inner;

    public IReadOnlyList<string> EmptyColumns => inner.EmptyColumns;

    public ReadOnlySpan<byte> Format(ReadOnlySpan<byte> utf8Event) => inner.Format(times.Rewrite(utf8Event));

    public void Report(SignalLog signals)
    {
        inner.Report(signals);
        times.Report(signals, later: true);
    }
}
