using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using LogScalePaging.Paging;
using LogScalePaging.Transport;

namespace LogScalePaging.LogScale;

/// <summary>
/// Reads a poll answer from the response stream without building a document: an event is copied once, as bytes, when all of it
/// has come. A body that is cut short, or is not a poll answer, is a <see cref="JsonException"/>, never a short result.
/// </summary>
public sealed class QueryResultReader
{
    private const int InitialBuffer = 64 * 1024;
    private const int LargestBuffer = 1 << 30;

    private readonly EventArena _arena = new();
    private readonly List<EventRecord> _events = [];
    private JsonReaderState _state;
    private Place _place = Place.Start;
    private bool? _done;
    private bool _cancelled;
    private QueryMetadata _metadata = new();
    private AnswerErrorsException? _errors;

    private QueryResultReader()
    {
    }

    private enum Place
    {
        Start,
        Root,
        Events,
        End,
    }

    /// <summary>Reads one answer to its end.</summary>
    /// <exception cref="JsonException">The body is cut short or is not a poll answer.</exception>
    public static async Task<QueryResult> ReadAsync(Stream body, CancellationToken cancellationToken)
    {
        var reader = new QueryResultReader();
        var buffer = ArrayPool<byte>.Shared.Rent(InitialBuffer);
        try
        {
            var filled = 0;
            while (true)
            {
                if (filled == buffer.Length)
                    buffer = Grow(buffer);
                var read = await body.ReadAsync(buffer, filled, buffer.Length - filled, cancellationToken).ConfigureAwait(false);
                filled += read;
                var used = reader.Parse(new ReadOnlySpan<byte>(buffer, 0, filled), isFinal: read == 0);
                if (read == 0)
                    return reader.Result();
                filled -= used;
                if (used > 0 && filled > 0)
                    Buffer.BlockCopy(buffer, used, buffer, 0, filled);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static byte[] Grow(byte[] buffer)
    {
        if (buffer.Length >= LargestBuffer)
            throw new JsonException($"One value of the answer is larger than {LargestBuffer >> 20} MiB.");
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        Buffer.BlockCopy(buffer, 0, larger, 0, buffer.Length);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }

    /// <summary>Parses as many whole values as there are.</summary>
    /// <returns>How many bytes are done with.</returns>
    [MethodImpl(HotPath.Method)]
    private int Parse(ReadOnlySpan<byte> bytes, bool isFinal)
    {
        var reader = new Utf8JsonReader(bytes, isFinal, _state);
        while (true)
        {
            var before = reader;
            var whole = _place == Place.Events ? ReadEvent(ref reader, bytes) : ReadMember(ref reader, bytes);
            if (whole)
                continue;
            // A value that has not come whole is read again from its beginning when there is more.
            reader = before;
            _state = reader.CurrentState;
            return (int)reader.BytesConsumed;
        }
    }

    private bool ReadMember(ref Utf8JsonReader reader, ReadOnlySpan<byte> bytes)
    {
        if (!reader.Read())
            return false;
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject when _place == Place.Start:
                _place = Place.Root;
                return true;
            case JsonTokenType.EndObject when _place == Place.Root:
                _place = Place.End;
                return true;
            case JsonTokenType.PropertyName:
                return ReadProperty(ref reader, bytes);
            default:
                throw new JsonException($"A poll answer is a JSON object, and this begins with {reader.TokenType}.");
        }
    }

    private bool ReadProperty(ref Utf8JsonReader reader, ReadOnlySpan<byte> bytes)
    {
        var isEvents = reader.ValueTextEquals("events"u8);
        var isDone = reader.ValueTextEquals("done"u8);
        var isCancelled = reader.ValueTextEquals("cancelled"u8);
        var isMetadata = reader.ValueTextEquals("metaData"u8);
        var isErrors = reader.ValueTextEquals("errors"u8);
        if (!reader.Read())
            return false;
        if (isEvents && reader.TokenType == JsonTokenType.StartArray)
        {
            _place = Place.Events;
            return true;
        }
        var start = (int)reader.TokenStartIndex;
        if (!reader.TrySkip())
            return false;
        if (isDone)
            _done = reader.TokenType == JsonTokenType.True;
        else if (isCancelled)
            _cancelled = reader.TokenType == JsonTokenType.True;
        else if (isMetadata)
            _metadata = QueryMetadataReader.Read(bytes.Slice(start, (int)reader.BytesConsumed - start).ToArray());
        else if (isErrors)
            _errors = AnswerErrors.Read(bytes.Slice(start, (int)reader.BytesConsumed - start).ToArray());
        return true;
    }

    [MethodImpl(HotPath.Method)]
    private bool ReadEvent(ref Utf8JsonReader reader, ReadOnlySpan<byte> bytes)
    {
        if (!reader.Read())
            return false;
        if (reader.TokenType == JsonTokenType.EndArray)
        {
            _place = Place.Root;
            return true;
        }
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException($"An event is a JSON object, and this is {reader.TokenType}.");
        var start = (int)reader.TokenStartIndex;
        int idStart = 0, idLength = 0;
        long? timestamp = null, ingested = null;
        while (true)
        {
            if (!reader.Read())
                return false;
            if (reader.TokenType == JsonTokenType.EndObject)
                break;
            var field = FieldOf(ref reader);
            if (!reader.Read() || !reader.TrySkip())
                return false;
            if (field == Field.Id && reader.TokenType == JsonTokenType.String)
                (idStart, idLength) = ((int)reader.TokenStartIndex + 1 - start, reader.ValueSpan.Length);
            else if (field == Field.Timestamp)
                timestamp = EventRecord.ReadTimestamp(ref reader);
            else if (field == Field.IngestTimestamp)
                ingested = EventRecord.ReadTimestamp(ref reader);
        }
        var length = (int)reader.BytesConsumed - start;
        var utf8 = _arena.Copy(bytes.Slice(start, length));
        _events.Add(utf8.Length == length
            ? new EventRecord(utf8, utf8.Slice(idStart, idLength), timestamp, ingested)
            : EventRecord.Parse(utf8));
        return true;
    }

    private enum Field
    {
        Other,
        Id,
        Timestamp,
        IngestTimestamp,
    }

    [MethodImpl(HotPath.Method)]
    private static Field FieldOf(ref Utf8JsonReader reader)
    {
        // Nearly every field is another: one byte tells.
        var name = reader.ValueSpan;
        if (name.Length < 3 || (name[0] != (byte)'@' && name[0] != (byte)'\\'))
            return Field.Other;
        if (reader.ValueTextEquals("@id"u8))
            return Field.Id;
        if (reader.ValueTextEquals("@timestamp"u8))
            return Field.Timestamp;
        return reader.ValueTextEquals("@ingesttimestamp"u8) ? Field.IngestTimestamp : Field.Other;
    }

    private QueryResult Result()
    {
        // Whatever else the answer holds: with an error in it, it is no result.
        if (_errors is not null)
            throw _errors;
        if (_place != Place.End || _done is null)
            throw new JsonException("The answer is JSON, but not a poll answer: it does not say whether the job is done.");
        return new QueryResult { Cancelled = _cancelled, Done = _done.Value, Events = _events, Metadata = _metadata };
    }
}
