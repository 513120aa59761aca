using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using LogScalePaging.Common;

namespace LogScalePaging.Records;

/// <summary>Reads records of any schema: finds the identity and the times in their bytes. Thread safe.</summary>
internal sealed class RecordParser
{
    private readonly byte[]? _identity;
    private readonly byte[]? _time;
    private readonly byte[]? _ingest;
    private readonly bool[] _begins = new bool[256];
    private readonly bool _numbersIdentify;
    private readonly bool _isWritten;
    private readonly int _begin;

    /// <param name="schema">The schema.</param>
    /// <param name="times">How the times are written. The schema has the server's own format.</param>
    public RecordParser(RecordSchema schema, TimestampFormat times = TimestampFormat.AsSent)
    {
        _isWritten = times == TimestampFormat.Iso && schema.TimeUnit != TimeUnit.Iso8601;
        Schema = schema;
        (_identity, _time, _ingest) = (Name(schema.IdentityField), Name(schema.TimeField), Name(schema.IngestField));
        _begin = _begins.Count(b => b) == 1 ? Array.IndexOf(_begins, true) : -1;
        _numbersIdentify = schema.Values == RecordValues.Json;
    }

    /// <summary>The schema.</summary>
    public RecordSchema Schema { get; }

    /// <summary>Reads one record from its JSON text.</summary>
    /// <param name="utf8">One JSON object; line breaks between its tokens become spaces, in a copy.</param>
    /// <exception cref="JsonException">The bytes are not one JSON object.</exception>
    public Record Parse(ReadOnlyMemory<byte> utf8) => Record.Parse(utf8, new Names(this));

    /// <summary>Scans bytes that are exactly one record.</summary>
    /// <exception cref="JsonException">They are not one JSON object.</exception>
    internal RecordScan Scan(ReadOnlySpan<byte> utf8) => RecordScan.Whole(utf8, new Names(this));

    /// <summary>Scans the record that begins at an opening brace, as <see cref="RecordScan.Run"/> does.</summary>
    [MethodImpl(HotPath.Method)]
    internal int Scan(ref RecordScan scan, ReadOnlySpan<byte> utf8, int at) => scan.Run(utf8, at, new Names(this));

    /// <summary>The time in a text that is not JSON, such as the cell of a csv; null if it is not a time.</summary>
    internal long? TimeOf(ReadOnlySpan<byte> text) =>
        _isWritten ? RecordTime.OfWrittenText(text, Schema.TimeUnit) : RecordTime.OfText(text, Schema.TimeUnit);

    /// <summary>True if the times are text, not numbers.</summary>
    internal bool HasTextTimes => _isWritten || Schema.TimeUnit == TimeUnit.Iso8601;

    private long? JsonTimeOf(ReadOnlySpan<byte> value) =>
        _isWritten ? RecordTime.OfWritten(value, Schema.TimeUnit) : RecordTime.OfJson(value, Schema.TimeUnit);

    private byte[]? Name(string? name)
    {
        if (name is null)
            return null;
        var utf8 = Encoding.UTF8.GetBytes(name);
        _begins[utf8[0]] = true;
        return utf8;
    }

    private readonly struct Names : IFieldNames
    {
        private readonly RecordParser _parser;
        private readonly int _begin;

        public Names(RecordParser parser) => (_parser, _begin) = (parser, parser._begin);

        // If all names begin with one byte, no table is needed.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool MayBegin(byte first) => first == _begin || (_begin < 0 && _parser._begins[first]);

        [MethodImpl(HotPath.Method)]
        public void Take(ref RecordScan scan, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, int start)
        {
            // A field that is not in the schema has an empty name here.
            if (name.IsEmpty)
                return;
            if (name.SequenceEqual(_parser._identity))
            {
                if (value[0] == (byte)'"')
                    (scan.IdStart, scan.IdLength) = (start + 1, value.Length - 2);
                else if (_parser._numbersIdentify && value[0] is (byte)'-' or (>= (byte)'0' and <= (byte)'9'))
                    (scan.IdStart, scan.IdLength) = (start, value.Length);
            }
            else if (name.SequenceEqual(_parser._time))
            {
                scan.Timestamp = _parser.JsonTimeOf(value);
            }
            else if (name.SequenceEqual(_parser._ingest))
            {
                scan.IngestTimestamp = _parser.JsonTimeOf(value);
            }
        }
    }
}
