using LogScalePaging.Records;

namespace LogScalePaging.Export.Formats;

/// <summary>Writes events to a stream in one format. For use on one thread. It does not close the stream.</summary>
public interface IEventWriter : IDisposable
{
    /// <summary>Events written so far.</summary>
    long Rows { get; }

    /// <summary>Writes one event.</summary>
    void Write(in Record record);

    /// <summary>Writes one event from its JSON object. Line breaks between its tokens become spaces.</summary>
    void Write(ReadOnlySpan<byte> utf8Event);

    /// <summary>Passes on all bytes so far, for a reader that waits at the other end of the stream.</summary>
    void Flush();

    /// <summary>
    /// Writes the end of the format (the closing bracket, or the header if there were no events) and flushes. Call it once.
    /// </summary>
    void Finish();
}
