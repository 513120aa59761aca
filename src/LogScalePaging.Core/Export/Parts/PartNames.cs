using System.Globalization;
using System.Text.RegularExpressions;
using LogScalePaging.Export.State;

namespace LogScalePaging.Export.Parts;

/// <summary>Names parts: <c>part-LANE-000001.ndjson</c>. No name is used twice, in this run or in the runs that it resumes.</summary>
internal sealed class PartNames
{
    private static readonly Regex s_lane = new("^[A-Za-z0-9-]+\\z", RegexOptions.CultureInvariant);
    private readonly Dictionary<string, int> _last = new(StringComparer.Ordinal);

    /// <summary>Whether a text can be the name of a lane.</summary>
    public static bool IsLane(string name) => s_lane.IsMatch(name);

    /// <summary>Whether a text is the name of a part of a lane.</summary>
    public static bool IsPart(string lane, string file) => Number(lane, file) is > 0 and var number && file == Name(lane, number);

    public string Next(LaneState lane)
    {
        if (!IsLane(lane.Name))
            throw new ArgumentException($"'{lane.Name}' is not a valid name of a lane. Use letters, digits and hyphens "
                + "only.", nameof(lane));
        if (!_last.TryGetValue(lane.Name, out var last))
            last = lane.Parts.Count == 0 ? 0 : lane.Parts.Max(p => Number(lane.Name, p.File));
        _last[lane.Name] = ++last;
        return Name(lane.Name, last);
    }

    private static string Name(string lane, int number) => "part-" + lane + "-" + number.ToString("D6",
        CultureInfo.InvariantCulture) + ".ndjson";

    private static int Number(string lane, string file)
    {
        var start = "part-".Length + lane.Length + 1;
        var digits = Path.GetFileNameWithoutExtension(file);
        return digits.Length > start
            && int.TryParse(digits.Substring(start), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
    }
}
