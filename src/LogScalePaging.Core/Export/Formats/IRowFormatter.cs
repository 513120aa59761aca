using LogScalePaging.Diagnostics;

namespace LogScalePaging.Export.Formats;

/// <summary>Turns an event into the bytes of its row, without separators.</summary>
internal interface IRowFormatter
{
    /// <summary>The row's bytes, valid until the next call.</summary>
    ReadOnlySpan<byte> Format(ReadOnlySpan<byte> utf8Event);

    /// <summary>Columns without a value in any event so far; empty if there are no columns.</summary>
    IReadOnlyList<string> EmptyColumns { get; }

    /// <summary>Emits warnings for readers of the output about the rows so far.</summary>
    void Report(SignalLog signals);
}
