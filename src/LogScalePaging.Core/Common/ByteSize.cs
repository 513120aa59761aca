using System.Globalization;

namespace LogScalePaging.Common;

/// <summary>Reads and writes sizes: MB is 10^6 bytes, MiB is 2^20. Sizes are always shown in MB.</summary>
public static class ByteSize
{
    private static readonly string[] s_units = ["bytes", "kB", "MB", "GB", "TB", "PB"];
    private static readonly string[] s_prefixes = ["", "k", "m", "g", "t"];

    /// <summary>0 bytes, 1 byte, 12.3 kB, 3.1 MB</summary>
    public static string Text(long bytes)
    {
        double size = bytes;
        var unit = 0;
        for (; size >= 999.5 && unit < s_units.Length - 1; unit++)
            size /= 1000;
        var text = size.ToString(unit == 0 || size >= 99.95 ? "0" : "0.0", CultureInfo.InvariantCulture);
        return $"{text} {(bytes == 1 ? "byte" : s_units[unit])}";
    }

    /// <summary>Reads a number of bytes with or without a unit behind it: 5000000, 100MB, 1.5 GiB. Case does not matter.</summary>
    /// <param name="text">The text.</param>
    /// <param name="bytes">The size; 0 if the text is not a size.</param>
    public static bool TryParse(string text, out long bytes)
    {
        bytes = 0;
        var trimmed = text.Trim().ToLowerInvariant();
        var digits = trimmed.TrimEnd("bikmgt ".ToCharArray());
        var unit = trimmed.Substring(digits.Length).Trim();
        var prefix = unit.TrimEnd('b').TrimEnd('i');
        var power = Array.IndexOf(s_prefixes, prefix);
        var binary = unit == prefix + "ib";
        if (power < 0 || (binary && power == 0) || (!binary && unit != prefix && unit != prefix + "b")
            || !decimal.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            return false;
        try
        {
            var size = number * (decimal)Math.Pow(binary ? 1024 : 1000, power);
            bytes = decimal.Truncate(size) == size || power > 0 ? decimal.ToInt64(decimal.Truncate(size)) : 0;
            return bytes > 0;
        }
        catch (OverflowException)
        {
            return false;
        }
    }
}
