using LogScalePaging.Falcon.Rest.Endpoints;
using LogScalePaging.Records;

namespace LogScalePaging.Falcon.Rest.Slices;

/// <summary>The filters of slices. A slice has the records of the user's filter whose time is in a half-open range.</summary>
/// <param name="name">The time field.</param>
/// <param name="filter">The user's filter; empty for all records.</param>
internal sealed class SliceFilter(string name, string filter)
{
    /// <summary>The time field.</summary>
    public string Field => name;

    /// <summary>The user's filter.</summary>
    public string Whole => filter;

    /// <summary>The records from <paramref name="start"/> on and before <paramref name="end"/>.</summary>
    public string Within(long start, long end) => FalconSort.Joined(filter, $"{name}:>='{Text(start)}'+{name}:<'{Text(end)}'");

    /// <summary>The records before a time.</summary>
    public string Before(long time) => FalconSort.Joined(filter, $"{name}:<'{Text(time)}'");

    /// <summary>The records from a time on.</summary>
    public string From(long time) => FalconSort.Joined(filter, $"{name}:>='{Text(time)}'");

    /// <summary>
    /// A time in nanoseconds as ISO 8601. Whole seconds have no decimals, because that is the form in the server's documentation.
    /// </summary>
    public static string Text(long time)
    {
        var text = RecordTime.Utc(time, TimeUnit.Iso8601)!.TrimEnd('Z');
        foreach (var zeros in new[] { ".000000000", "000000", "000" })
        {
            if (text.EndsWith(zeros, StringComparison.Ordinal))
                return text.Substring(0, text.Length - zeros.Length) + "Z";
        }
        return text + "Z";
    }
}
