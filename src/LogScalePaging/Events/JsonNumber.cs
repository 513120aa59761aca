using System.Globalization;
using System.Numerics;
using LogScalePaging.Records;

namespace LogScalePaging.Events;

/// <summary>
/// Converts JSON numbers without loss: integers to <see cref="long"/> or <see cref="BigInteger"/>, other numbers to <see cref="decimal"/>
/// if it holds them exactly, else to the nearest <see cref="double"/>.
/// </summary>
internal static class JsonNumber
{
    // Parsing an integer takes quadratic time, and a server may send megabytes of digits.
    private const int MostDigits = 1_000;
    private const int DecimalDigits = 28;
    private static readonly BigInteger s_largestDecimal = new(decimal.MaxValue);

    /// <summary>
    /// The number; or the text as sent if no type holds it: beyond the range of a double, or longer than 1,000 characters.
    /// </summary>
    /// <param name="utf8">A valid JSON number.</param>
    public static object Of(ReadOnlySpan<byte> utf8)
    {
        if (System.Buffers.Text.Utf8Parser.TryParse(utf8, out long integer, out var used) && used == utf8.Length)
            return integer;
        var text = RecordText.Raw(utf8);
        if (text.Length > MostDigits)
            return text;
        if (text.IndexOfAny(['.', 'e', 'E']) < 0)
            return BigInteger.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        if (IsExactDecimal(text) && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var exact))
            return exact;
        var isDouble = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var nearest);
        return isDouble && IsInRange(text, nearest) ? nearest : text;
    }

    // The number is digits × 10^exponent, without zeros at either end of the digits.
    private static bool IsExactDecimal(string text)
    {
        var (mantissa, exponent) = Split(text);
        if (exponent is not { } power)
            return false;
        var point = mantissa.IndexOf('.');
        var all = point < 0 ? mantissa : mantissa.Remove(point, 1);
        var digits = all.TrimEnd('0');
        power += all.Length - digits.Length - (point < 0 ? 0 : all.Length - point);
        digits = digits.TrimStart('0');
        if (digits.Length == 0)
            return true;
        if (power < -DecimalDigits || digits.Length + power > DecimalDigits + 1)
            return false;
        var value = BigInteger.Parse(digits, CultureInfo.InvariantCulture);
        return (power > 0 ? value * BigInteger.Pow(10, power) : value) <= s_largestDecimal;
    }

    // No type holds a number whose exponent has more digits than an int.
    private static (string Mantissa, int? Exponent) Split(string text)
    {
        text = text.TrimStart('-');
        var e = text.IndexOfAny(['e', 'E']);
        if (e < 0)
            return (text, 0);
        var fits = int.TryParse(text.Substring(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exponent);
        return (text.Substring(0, e), fits && Math.Abs((long)exponent) < int.MaxValue / 2 ? exponent : null);
    }

    private static bool IsInRange(string text, double nearest) =>
        !double.IsInfinity(nearest) && (nearest != 0 || Split(text).Mantissa.All(c => c is '0' or '.'));
}
