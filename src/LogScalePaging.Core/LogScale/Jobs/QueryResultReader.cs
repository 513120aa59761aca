using System.Runtime.CompilerServices;
using System.Text.Json;
using LogScalePaging.Common;
using LogScalePaging.Json;
using LogScalePaging.LogScale.Events;
using LogScalePaging.Records;
using LogScalePaging.Transport.Errors;
using LogScalePaging.Transport.Http;
using LogScalePaging.Transport.Limits;

namespace LogScalePaging.LogScale.Jobs;

/// <summary>
/// Reads a poll answer from the response stream without building a document. An event is copied once, as bytes, when all of it is
/// received. A body that is cut, or is not a poll answer, is a <see cref="JsonException"/>, never a short result.
/// </summary>
internal sealed class QueryResultReader
{
    private const int MostExpected = 4_096;

    private RecordArena _arena = new();
    private readonly int _rows;
    private readonly int _mostRows;
    private readonly long _mostBytes;
    private readonly bool _needsEvents;
    private long _bytes;
    private List<Record>? _events;
    private bool _hasMembers;
    private RecordScan _scan;
    private Place _place = Place.Start;
    private bool? _done;
    private bool _hasEvents;
    private bool _cancelled;
    private QueryMetadata _metadata = new();
    private AnswerErrorsException? _errors;

    private QueryResultReader(int? rows, bool needsEvents) =>
        (_rows, _mostRows, _mostBytes, _needsEvents) =
            (Math.Min(rows ?? 0, MostExpected), AnswerLimits.PollRows(rows), AnswerLimits.PollBytesFor(rows), needsEvents);

    private enum Place
    {
        Start,
        Root,
        Events,
        End,
    }

    /// <summary>Reads one answer to its end.</summary>
    /// <param name="body">The answer.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <param name="rows">The number of requested events; null for all.</param>
    /// <param name="needsEvents">False for a heartbeat, whose answer has no events.</param>
    /// <exception cref="JsonException">The body is cut short or is not a poll answer.</exception>
    public static async Task<QueryResult> ReadAsync(Stream body, CancellationToken cancellationToken, int? rows = null,
        bool needsEvents = true)
    {
        var reader = new QueryResultReader(rows, needsEvents);
        var ahead = new ReadAhead(body, cancellationToken);
        await using var _ = ahead.ConfigureAwait(false);
        try
        {
            for (var used = 0; await ahead.MoreAsync(used).ConfigureAwait(false);)
            {
                used = reader.Parse(ahead.Bytes.Span, isFinal: false);
                reader.Count(used);
                if (reader._bytes > AnswerLimits.LargeBytes)
                    await ahead.EnterLargeAsync().ConfigureAwait(false);
            }
            reader.Parse(ahead.Bytes.Span, isFinal: true);
            return reader.Result();
        }
        catch (AnswerLimitException)
        {
            reader.Forget();
            throw;
        }
    }

    private void Forget()
    {
        (_events, _arena) = (null, new RecordArena());
        LargeGarbage.Collect();
    }

    private void Count(int used)
    {
        _bytes += used;
        if (_bytes <= _mostBytes)
            return;
        var rows = _events?.Count ?? 0;
        var limit = FormattableString.Invariant(
            $"The answer is larger than the limit of {_mostBytes:N0} bytes ({rows:N0} rows were read).");
        throw new AnswerLimitException($"{limit} Use a shorter time range, or keep fewer fields with select([...]).") { Rows = rows };
    }

    /// <summary>Parses all complete values.</summary>
    /// <returns>How many bytes were used.</returns>
    [MethodImpl(HotPath.Method)]
    private int Parse(ReadOnlySpan<byte> bytes, bool isFinal)
    {
        var used = 0;
        while (true)
        {
            var after = _place switch
            {
                Place.Events => ReadEvent(bytes, used),
                Place.Root => ReadMember(bytes, used),
                Place.Start => ReadStart(bytes, used),
                _ => ReadEnd(bytes, used),
            };
            // An incomplete value is read again from its beginning when more bytes are there.
            if (after < 0)
                return isFinal && _place != Place.End ? throw new JsonException("The answer is not complete.") : used;
            used = after;
        }
    }

    private int ReadStart(ReadOnlySpan<byte> bytes, int at)
    {
        if (!JsonScan.See(bytes, ref at, out var found))
            return JsonScan.Incomplete;
        if (found != (byte)'{')
            throw new JsonException("A poll answer must be a JSON object, but this begins with "
                + $"{(found is > (byte)' ' and < 0x7F ? (char)found : '?')}.");
        _place = Place.Root;
        return at + 1;
    }

    private static int ReadEnd(ReadOnlySpan<byte> bytes, int at) =>
        JsonScan.See(bytes, ref at, out _) ? throw JsonScan.Unexpected(bytes, at) : JsonScan.Incomplete;

    private int ReadMember(ReadOnlySpan<byte> bytes, int at)
    {
        if (!JsonScan.See(bytes, ref at, out var found))
            return JsonScan.Incomplete;
        if (found == (byte)'}')
        {
            _place = Place.End;
            return at + 1;
        }
        if (_hasMembers)
        {
            if (found != (byte)',')
                throw JsonScan.Unexpected(bytes, at);
            at++;
            if (!JsonScan.See(bytes, ref at, out found))
                return JsonScan.Incomplete;
        }
        at = JsonScan.AfterName(bytes, at, out var name);
        return at >= 0 && JsonScan.See(bytes, ref at, out found) ? ReadProperty(name, bytes, at, found) : JsonScan.Incomplete;
    }

    private int ReadProperty(ReadOnlySpan<byte> name, ReadOnlySpan<byte> bytes, int at, byte first)
    {
        if (first == (byte)'[' && name.SequenceEqual("events"u8))
        {
            (_place, _hasMembers, _hasEvents) = (Place.Events, false, true);
            return at + 1;
        }
        var after = JsonScan.AfterValue(bytes, at);
        if (after < 0)
            return JsonScan.Incomplete;
        _hasMembers = true;
        if (name.SequenceEqual("done"u8))
            _done = first == (byte)'t';
        else if (name.SequenceEqual("cancelled"u8))
            _cancelled = first == (byte)'t';
        else if (name.SequenceEqual("metaData"u8))
            _metadata = QueryMetadataReader.Read(bytes.Slice(at, after - at));
        else if (name.SequenceEqual("errors"u8) && after - at > AnswerLimits.SmallBytes)
            throw AnswerLimitException.Bytes("The list of errors in the answer", AnswerLimits.SmallBytes);
        else if (name.SequenceEqual("errors"u8))
            _errors = AnswerErrors.Read(bytes.Slice(at, after - at));
        return after;
    }

    [MethodImpl(HotPath.Method)]
    private int ReadEvent(ReadOnlySpan<byte> bytes, int at)
    {
        if (!JsonScan.See(bytes, ref at, out var found))
            return JsonScan.Incomplete;
        if (found == (byte)']')
        {
            (_place, _hasMembers) = (Place.Root, true);
            return at + 1;
        }
        if (_hasMembers)
        {
            if (found != (byte)',')
                throw JsonScan.Unexpected(bytes, at);
            at++;
            if (!JsonScan.See(bytes, ref at, out found))
                return JsonScan.Incomplete;
        }
        if (found != (byte)'{')
            throw new JsonException("An event must be a JSON object.");
        var after = _scan.Run(bytes, at, default(LogScaleFields));
        if (after < 0)
            return JsonScan.Incomplete;
        _hasMembers = true;
        _events ??= new List<Record>(_rows);
        if (_events.Count >= _mostRows)
            throw new AnswerLimitException(FormattableString.Invariant(
                $"The answer has more than {_mostRows:N0} rows, which is the limit."));
        _events.Add(_arena.Keep(bytes.Slice(at, after - at), at, _scan));
        return after;
    }

    private QueryResult Result()
    {
        // An answer with an error is not a result, even if it has other members.
        if (_errors is not null)
            throw _errors;
        if (_place != Place.End || _done is null)
            throw new JsonException("The answer is JSON, but not a poll answer: it does not say whether the job is done.");
        // A result without events has an empty list. An answer without a list says nothing about the result.
        if (_done.Value && !_cancelled && _needsEvents && !_hasEvents)
            throw new JsonException("The answer says that the job is done, but it has no list of events.");
        return new QueryResult { Cancelled = _cancelled, Done = _done.Value, Events = _events ?? [], Metadata = _metadata };
    }
}
