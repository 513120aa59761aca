using System.Globalization;
using System.Runtime.CompilerServices;
using LogScalePaging.Common;
using LogScalePaging.Json;

namespace LogScalePaging.Records;

/// <summary>
/// Times of records: milliseconds since 1970 UTC, or nanoseconds if the schema's times are finer (<see cref="TimeUnit.Nanoseconds"/> and
/// <see cref="TimeUnit.Iso8601"/>). Nanoseconds reach from the year 1677 to 2262.
/// </summary>
internal static class RecordTime
{
    private const long NanosecondsOfMillisecond = 1_000_000;

    /// <summary>Number of the engine's units in a millisecond.</summary>
    public static long PerMillisecond(TimeUnit unit) => unit == TimeUnit.Milliseconds ? 1 : NanosecondsOfMillisecond;

    /// <summary>The time in a JSON value; null if it is not a time.</summary>
    /// <param name="value">The value as it is written; a string has its quotes.</param>
    /// <param name="unit">The format of times.</param>
    public static long? OfJson(ReadOnlySpan<byte> value, TimeUnit unit)
    {
        if (unit != TimeUnit.Iso8601)
            return Integer(value);
        if (value[0] != (byte)'"')
            return null;
        value = value.Slice(1, value.Length - 2);
        // Some servers escape the plus sign of an offset.
        return IsoTime.Nanoseconds(value.IndexOf((byte)'\\') < 0 ? value : new JsonDecoder().Decode(value));
    }

    /// <summary>The time in a text that is not JSON; null if it is not a time.</summary>
    public static long? OfText(ReadOnlySpan<byte> text, TimeUnit unit)
    {
        if (unit == TimeUnit.Iso8601)
            return IsoTime.Nanoseconds(text);
        return System.Buffers.Text.Utf8Parser.TryParse(text, out long number, out var used) && used == text.Length ? number : null;
    }

    /// <summary>A JSON integer, or a string of digits, as some fields are sent; null for anything else.</summary>
    [MethodImpl(HotPath.Method)]
    public static long? Integer(ReadOnlySpan<byte> value)
    {
        const int AlwaysFits = 18;
        if (value[0] == (byte)'"')
            value = value.Slice(1, value.Length - 2);
        var number = 0L;
        var at = 0;
        // Thirteen digits are a time of this century in milliseconds. Two overlapping groups of eight digits are read.
        if (value.Length == 13 && JsonScan.TryEightDigits(value, out var first) && JsonScan.TryEightDigits(value.Slice(5), out var last))
            return (first / 1_000 * 100_000_000) + last;
        if (value.Length is >= 8 and <= AlwaysFits && JsonScan.TryEightDigits(value, out number))
            at = 8;
        for (; at < value.Length; at++)
        {
            if (value[at] is < (byte)'0' or > (byte)'9' || value.Length > AlwaysFits)
                return System.Buffers.Text.Utf8Parser.TryParse(value, out number, out var used) && used == value.Length ? number : null;
            number = (number * 10) + (value[at] - '0');
        }
        return value.IsEmpty ? null : number;
    }

    /// <summary>The time of a JSON string that <see cref="Utc"/> wrote; null for any other value.</summary>
    public static long? OfWritten(ReadOnlySpan<byte> value, TimeUnit unit) =>
        value[0] == (byte)'"' ? OfWrittenText(value.Slice(1, value.Length - 2), unit) : null;

    /// <summary>The time of a text that <see cref="Utc"/> wrote; null for any other text.</summary>
    public static long? OfWrittenText(ReadOnlySpan<byte> text, TimeUnit unit)
    {
        const int Seconds = 19;
        var length = Seconds + ".Z".Length + (unit == TimeUnit.Milliseconds ? 3 : 9);
        if (text.Length != length || text[10] != (byte)'T' || text[Seconds] != (byte)'.' || text[length - 1] != (byte)'Z')
            return null;
        return unit == TimeUnit.Milliseconds ? IsoTime.Milliseconds(text) : IsoTime.Nanoseconds(text);
    }

    /// <summary>A time in ISO 8601, UTC, with 3 or 9 decimals; null if it is outside the years 1 to 9999.</summary>
    public static string? Utc(long? time, TimeUnit unit)
    {
        if (time is not { } value)
            return null;
        if (unit == TimeUnit.Milliseconds)
            return UtcTime.IsValid(value) ? UtcTime.Iso(value) : null;
        var (milliseconds, rest) = (value / NanosecondsOfMillisecond, value % NanosecondsOfMillisecond);
        if (rest < 0)
            (milliseconds, rest) = (milliseconds - 1, rest + NanosecondsOfMillisecond);
        return UtcTime.Iso(milliseconds).TrimEnd('Z') + rest.ToString("D6", CultureInfo.InvariantCulture) + "Z";
    }
}
