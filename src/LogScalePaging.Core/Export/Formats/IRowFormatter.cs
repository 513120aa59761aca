using LogScalePaging.Diagnostics;

namespace LogScalePaging.Export.Formats;

/// <summary>Turns an event into the bytes of its row, without what stands between rows.</summary>
internal interface IRowFormatter
{
    /// <summary>The row's bytes, valid until the next call.</summary>
    ReadOnlySpan<byte> Format(ReadOnlySpan<byte> utf8Event);

    /// <summary>Columns that no event so far has filled; none where there are no columns.</summary>
    IReadOnlyList<string> EmptyColumns { get; }

    /// <summary>Says what a reader of the output must know of the rows formatted so far.</summary>
    void Report(SignalLog signals);
}
