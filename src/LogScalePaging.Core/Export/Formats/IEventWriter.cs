using LogScalePaging.Records;

namespace LogScalePaging.Export.Formats;

/// <summary>Writes events to a stream in one format. For one thread; it does not close the stream.</summary>
public interface IEventWriter : IDisposable
{
    /// <summary>Events written so far.</summary>
    long Rows { get; }

    /// <summary>Writes one event.</summary>
    void Write(in EventRecord record);

    /// <summary>Writes one event given as its JSON object; line breaks between its tokens become spaces.</summary>
    void Write(ReadOnlySpan<byte> utf8Event);

    /// <summary>Hands on what is gathered so far, for a reader that waits at the other end of the stream.</summary>
    void Flush();

    /// <summary>Writes what ends the format (the closing bracket, or a header that no event made necessary) and flushes. Call it once.</summary>
    void Finish();
}
