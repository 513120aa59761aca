using System.Globalization;

namespace LogScalePaging.Common;

/// <summary>Counted things in messages, in the same form in every country.</summary>
public static class Counted
{
    /// <summary>12,345</summary>
    public static string Number(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>12,345 events; 1 event</summary>
    /// <param name="count">The number.</param>
    /// <param name="noun">The noun for one of them.</param>
    public static string Of(long count, string noun) => Number(count) + " " + noun + (count == 1 ? "" : "s");
}
