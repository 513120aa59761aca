using System.Globalization;

namespace LogScalePaging.Events;

/// <summary>
/// Names of properties for fields whose names differ only in case. The spelling that came first in the result keeps its name in every
/// record
/// that has both, and the others get the number of their place, so that the order of the fields within a record does not matter. A name
/// that
/// is alone in its record keeps it, because a script that reads it by any case must find it.
/// </summary>
internal sealed class SpellingOrder
{
    // A hostile source must not fill the memory. Later groups are ordered as each record has them.
    private const int Remembered = 10_000;
    private readonly Dictionary<string, List<string>> _known = new(StringComparer.OrdinalIgnoreCase);
    private int _spellings;

    /// <summary>The names of the properties of one record.</summary>
    /// <param name="fields">The names of its fields, each once.</param>
    public string[] NamesOf(IReadOnlyList<string> fields)
    {
        var names = new string[fields.Count];
        var used = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var groups = Enumerable.Range(0, fields.Count).GroupBy(i => fields[i], StringComparer.OrdinalIgnoreCase).ToList();
        // The spellings of one name first. A field that is really called foo_2 gives way to the second spelling of foo.
        foreach (var group in groups.Where(g => g.Skip(1).Any()))
        {
            var order = OrderOf(group.Key, group.Select(i => fields[i]));
            var isFirst = true;
            foreach (var i in group.OrderBy(i => order.IndexOf(fields[i])))
            {
                names[i] = Free(fields[i], isFirst ? 1 : order.IndexOf(fields[i]) + 1, used);
                isFirst = false;
            }
        }
        foreach (var group in groups)
        {
            var i = group.First();
            names[i] ??= Free(fields[i], 1, used);
        }
        return names;
    }

    private List<string> OrderOf(string name, IEnumerable<string> spellings)
    {
        if (!_known.TryGetValue(name, out var order))
        {
            order = [];
            if (_spellings < Remembered)
                _known.Add(name, order);
        }
        foreach (var spelling in spellings)
        {
            if (order.Contains(spelling))
                continue;
            order.Add(spelling);
            _spellings++;
        }
        return order;
    }

    private static string Free(string name, int number, HashSet<string> used)
    {
        for (; ; number++)
        {
            var text = number == 1 ? name : name + "_" + number.ToString(CultureInfo.InvariantCulture);
            if (used.Add(text))
                return text;
        }
    }
}
