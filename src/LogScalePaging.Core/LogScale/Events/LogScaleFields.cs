using System.Runtime.CompilerServices;
using LogScalePaging.Common;
using LogScalePaging.Records;

namespace LogScalePaging.LogScale.Events;

/// <summary>The fields of <see cref="LogScaleEvents.Schema"/> as constants, because every event is read with them.</summary>
internal readonly struct LogScaleFields : IFieldNames
{
    // Most field names don't start with '@': check the first byte first.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool MayBegin(byte first) => first == (byte)'@';

    [MethodImpl(HotPath.Method)]
    public void Take(ref RecordScan scan, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, int start)
    {
        if (name.Length == 3 && name[1] == (byte)'i' && name[2] == (byte)'d')
        {
            if (value[0] == (byte)'"')
                (scan.IdStart, scan.IdLength) = (start + 1, value.Length - 2);
        }
        else if (name.Length == 10 && name.SequenceEqual("@timestamp"u8))
        {
            scan.Timestamp = RecordTime.Integer(value);
        }
        else if (name.Length == 16 && name.SequenceEqual("@ingesttimestamp"u8))
        {
            scan.IngestTimestamp = RecordTime.Integer(value);
        }
    }
}
