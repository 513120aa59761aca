using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;
using LogScalePaging.Json;
using LogScalePaging.Records;

namespace LogScalePaging.Export.Schedules;

/// <summary>
/// Hashes the identities of rows with the key of a schedule: 128 bits of HMAC-SHA256, so that a server or the author of an event cannot
/// prepare rows that are taken for others. Not thread safe.
/// </summary>
/// <remarks>
/// A row with an identity is hashed by it and by its time: a record that is changed on the server later and moves in time is another row.
/// A row without an identity is hashed by its fields in any order, because a server may send its columns in another order the next time.
/// </remarks>
internal sealed class RowHash : IDisposable
{
    private const byte ById = 1;
    private const byte ByFields = 2;
    private const byte ByBytes = 3;

    private readonly HMACSHA256 _hmac;
    private readonly RecordParser _parser;
    private readonly long _perMillisecond;
    private readonly bool _mayMoveTimes;
    private readonly long _start;
    private readonly long _end;
    private readonly List<byte[]> _fields = [];
    private byte[] _bytes = new byte[4096];
    private int _length;

    /// <param name="key">The key of the schedule.</param>
    /// <param name="schema">The schema of the rows.</param>
    /// <param name="start">Start of the range that is read, in epoch milliseconds.</param>
    /// <param name="end">Its end.</param>
    /// <param name="mayMoveTimes">True if the time of a row does not say where it is in the range.</param>
    public RowHash(byte[] key, RecordSchema schema, long start, long end, bool mayMoveTimes)
    {
        (_hmac, _parser, _start, _end, _mayMoveTimes) = (new HMACSHA256(key), new RecordParser(schema), start, end, mayMoveTimes);
        _perMillisecond = RecordTime.PerMillisecond(schema.TimeUnit);
    }

    /// <summary>The row, without its line end.</summary>
    public SeenRow Of(ReadOnlySpan<byte> row)
    {
        var scan = _parser.Scan(row);
        _length = 0;
        if (scan.IdLength > 0)
        {
            Add(ById);
            Add(scan.Timestamp ?? 0);
            Add(row.Slice(scan.IdStart, scan.IdLength));
        }
        else
        {
            AddFields(row);
        }
        var hash = _hmac.ComputeHash(_bytes, 0, _length);
        return new SeenRow(TimeOf(scan.Timestamp), BinaryPrimitives.ReadUInt64LittleEndian(hash),
            BinaryPrimitives.ReadUInt64LittleEndian(hash.AsSpan(8)));
    }

    public void Dispose() => _hmac.Dispose();

    // The end of the range is never too early: the row is remembered as long as any row of the range.
    private long TimeOf(long? time)
    {
        var milliseconds = time / _perMillisecond;
        return milliseconds is { } known && !_mayMoveTimes && known >= _start && known <= _end ? known : _end;
    }

    private void AddFields(ReadOnlySpan<byte> row)
    {
        try
        {
            _fields.Clear();
            var members = new JsonMembers(row);
            while (members.MoveNext())
            {
                var field = new byte[members.Name.Length + 1 + members.Value.Length];
                members.Name.CopyTo(field);
                members.Value.CopyTo(field.AsSpan(members.Name.Length + 1));
                _fields.Add(field);
            }
            _fields.Sort(static (a, b) => a.AsSpan().SequenceCompareTo(b));
            Add(ByFields);
            foreach (var field in _fields)
            {
                Add(field.Length);
                Add(field);
            }
        }
        catch (JsonException)
        {
            _length = 0;
            Add(ByBytes);
            Add(row);
        }
    }

    private void Add(byte value)
    {
        Ensure(1);
        _bytes[_length++] = value;
    }

    private void Add(long value)
    {
        Ensure(sizeof(long));
        BinaryPrimitives.WriteInt64LittleEndian(_bytes.AsSpan(_length), value);
        _length += sizeof(long);
    }

    private void Add(ReadOnlySpan<byte> bytes)
    {
        Ensure(bytes.Length);
        bytes.CopyTo(_bytes.AsSpan(_length));
        _length += bytes.Length;
    }

    private void Ensure(int more)
    {
        if (_length + more > _bytes.Length)
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + more));
    }
}
