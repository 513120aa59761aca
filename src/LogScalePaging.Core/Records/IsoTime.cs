namespace LogScalePaging.Records;

/// <summary>Parses ISO 8601 times to the nanosecond. The class library only reads units of 100 ns.</summary>
internal static class IsoTime
{
    private const int DateAndTime = 19;
    private const int FractionDigits = 9;
    private const long NanosecondsOfSecond = 1_000_000_000;
    private const long MostSeconds = long.MaxValue / NanosecondsOfSecond;

    /// <summary>
    /// Nanoseconds since 1970 UTC of <c>yyyy-MM-ddTHH:mm:ss</c> with an optional fraction and an offset (<c>Z</c>, <c>+hh:mm</c> or
    /// <c>+hhmm</c>). Digits after the ninth are ignored. Null for anything else, and outside the years 1677 to 2262. A time without an
    /// offset is refused, because it does not name an instant.
    /// </summary>
    public static long? Nanoseconds(ReadOnlySpan<byte> text)
    {
        return Read(text, out var fraction) is > -MostSeconds and < MostSeconds and var seconds
            ? (seconds * NanosecondsOfSecond) + fraction
            : null;
    }

    /// <summary>Milliseconds since 1970 UTC of the same text, in the years 1 to 9999. Further digits are ignored.</summary>
    public static long? Milliseconds(ReadOnlySpan<byte> text) => (Read(text, out var fraction) * 1_000) + (fraction / 1_000_000);

    // Seconds since 1970 UTC, and the nanoseconds after them.
    private static long? Read(ReadOnlySpan<byte> text, out long fraction)
    {
        fraction = 0;
        if (text.Length <= DateAndTime || Seconds(text) is not { } seconds)
            return null;
        text = text.Slice(DateAndTime);
        return TryFraction(ref text, out fraction) && Offset(text) is { } offset ? seconds - offset : null;
    }

    private static long? Seconds(ReadOnlySpan<byte> text)
    {
        if (text[4] != '-' || text[7] != '-' || text[10] is not ((byte)'T' or (byte)'t' or (byte)' ') || text[13] != ':' || text[16] != ':')
            return null;
        var (year, month, day) = (Number(text, 0, 4), Number(text, 5, 2), Number(text, 8, 2));
        var (hour, minute, second) = (Number(text, 11, 2), Number(text, 14, 2), Number(text, 17, 2));
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
            return null;
        // A leap second is the first second of the next minute, as in POSIX.
        if (hour is < 0 or > 23 || minute is < 0 or > 59 || second is < 0 or > 60)
            return null;
        var days = (new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Utc) - new DateTime(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc)).Days;
        return (days * 86_400L) + (hour * 3_600) + (minute * 60) + second;
    }

    private static bool TryFraction(ref ReadOnlySpan<byte> text, out long nanoseconds)
    {
        nanoseconds = 0;
        if (text[0] is not ((byte)'.' or (byte)','))
            return true;
        var digits = 1;
        for (; digits < text.Length && text[digits] is >= (byte)'0' and <= (byte)'9'; digits++)
        {
            if (digits <= FractionDigits)
                nanoseconds = (nanoseconds * 10) + (text[digits] - '0');
        }
        for (var missing = digits; missing <= FractionDigits; missing++)
            nanoseconds *= 10;
        text = text.Slice(digits);
        return digits > 1;
    }

    // Seconds east of UTC.
    private static int? Offset(ReadOnlySpan<byte> text)
    {
        if (text.Length == 1 && text[0] is (byte)'Z' or (byte)'z')
            return 0;
        if (text.Length is not (5 or 6) || text[0] is not ((byte)'+' or (byte)'-') || (text.Length == 6 && text[3] != ':'))
            return null;
        var (hours, minutes) = (Number(text, 1, 2), Number(text, text.Length - 2, 2));
        if (hours is < 0 or > 23 || minutes is < 0 or > 59)
            return null;
        var seconds = (hours * 3_600) + (minutes * 60);
        return text[0] == '-' ? -seconds : seconds;
    }

    // Negative if a byte is not a digit.
    private static int Number(ReadOnlySpan<byte> text, int at, int digits)
    {
        var number = 0;
        for (var end = at + digits; at < end; at++)
        {
            if (text[at] is < (byte)'0' or > (byte)'9')
                return -1;
            number = (number * 10) + (text[at] - '0');
        }
        return number;
    }
}
