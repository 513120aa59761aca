using System.Globalization;

namespace LogScalePaging.Simulator.Axiom;

/// <summary>Times as Axiom writes and reads them, to the nanosecond.</summary>
internal static class AxiomTime
{
    public const long Second = 1_000_000_000;

    public static long Of(DateTimeOffset time) => (time.UtcTicks - new DateTimeOffset(1970, 1, 1, 0, 0, 0, TimeSpan.Zero).UtcTicks) * 100;

    public static string Text(long nanoseconds)
    {
        var text = new DateTime(1970, 1, 1).AddTicks(nanoseconds / Second * TimeSpan.TicksPerSecond).ToString(
            "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
        // Go writes no zeros at the end of a fraction.
        var fraction = (nanoseconds % Second).ToString("D9", CultureInfo.InvariantCulture).TrimEnd('0');
        return fraction.Length == 0 ? text + "Z" : $"{text}.{fraction}Z";
    }

    public static long Parse(string text)
    {
        var point = text.IndexOf('.');
        var fraction = point < 0 ? "" : new string([.. text.Skip(point + 1).TakeWhile(char.IsDigit)]);
        var rest = point < 0 ? text : text.Remove(point, fraction.Length + 1);
        var time = DateTimeOffset.Parse(rest, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        return Of(time) + (fraction.Length == 0 ? 0 : long.Parse(fraction.PadRight(9, '0').Substring(0, 9), CultureInfo.InvariantCulture));
    }
}
