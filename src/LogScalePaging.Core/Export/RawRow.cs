using LogScalePaging.Paging;

namespace LogScalePaging.Export;

/// <summary>The event's own bytes.</summary>
internal sealed class RawRow : IRowFormatter
{
    public ReadOnlySpan<byte> Format(ReadOnlySpan<byte> utf8Event) => OneLine(utf8Event);

    public void Report(SignalLog signals)
    {
    }

    /// <summary>
    /// The event on one line. A raw line break cannot stand inside a JSON string, only between tokens: as a space it means the
    /// same, while as itself it would make two rows of one event. Some readers end a line at a carriage return, too.
    /// </summary>
    public static ReadOnlySpan<byte> OneLine(ReadOnlySpan<byte> utf8Event)
    {
        if (utf8Event.IndexOfAny((byte)'\n', (byte)'\r') < 0)
            return utf8Event;
        var line = utf8Event.ToArray();
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] is (byte)'\n' or (byte)'\r')
                line[i] = (byte)' ';
        }
        return line;
    }
}
