using System.Runtime.CompilerServices;
using System.Text.Json;
using LogScalePaging.Common;
using LogScalePaging.Json;
using LogScalePaging.LogScale.Events;
using LogScalePaging.Records;
using LogScalePaging.Transport.Errors;
using LogScalePaging.Transport.Http;

namespace LogScalePaging.LogScale.Streaming;

/// <summary>
/// Reads the answer of the <c>/query</c> endpoint: one event per line, without metadata or an end mark. A line that is cut is an error,
/// but a stream that ends between two lines looks complete. Only a count proves that it is.
/// </summary>
internal static class EventStreamReader
{
    /// <summary>Maximum bytes between two events. A server may send blanks to keep the connection alive, but not endlessly.</summary>
    private const int MostBlanks = 64 * 1024;

    /// <summary>Reads the stream to its end, or until no more events are needed.</summary>
    /// <param name="body">The stream.</param>
    /// <param name="take">
    /// Gets the events in the server's order, many at once, and returns true to continue. The list and the bytes are reused after it
    /// returns.
    /// </param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="JsonException">A line is not an event.</exception>
    public static async Task ReadAsync(Stream body, Func<List<Record>, bool> take, CancellationToken cancellationToken)
    {
        var events = new List<Record>();
        var ahead = new ReadAhead(body, cancellationToken);
        await using var _ = ahead.ConfigureAwait(false);
        var blanks = 0;
        for (var used = 0; await ahead.MoreAsync(used).ConfigureAwait(false);)
        {
            used = Parse(ahead.Bytes, events);
            blanks = events.Count > 0 ? 0 : blanks + used;
            if (blanks > MostBlanks)
                throw AnswerLimitException.Bytes("The gap between two events of the stream", MostBlanks);
            if (events.Count > 0 && !take(events))
                return;
            events.Clear();
        }
        if (!ahead.Bytes.IsEmpty)
            throw new JsonException("The last event of the stream is not complete.");
    }

    // Reads all complete events in place, and returns how many bytes were used.
    [MethodImpl(HotPath.Method)]
    private static int Parse(Memory<byte> memory, List<Record> events)
    {
        ReadOnlySpan<byte> bytes = memory.Span;
        var scan = new RecordScan();
        for (var at = 0; ;)
        {
            if (!JsonScan.See(bytes, ref at, out var found))
                return bytes.Length;
            if (found != (byte)'{')
                throw new JsonException("An event must be a JSON object.");
            var after = scan.Run(bytes, at, default(LogScaleFields));
            if (after < 0)
                return at;
            var utf8 = memory.Slice(at, after - at);
            if (scan.MayHoldLineBreaks)
                LineBreaks.Blank(utf8.Span);
            events.Add(new Record(utf8, at, scan));
            at = after;
        }
    }
}
