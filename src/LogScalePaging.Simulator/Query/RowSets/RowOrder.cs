using LogScalePaging.Simulator.Events;

namespace LogScalePaging.Simulator.Query.RowSets;

/// <summary>
/// The server's order of values: numbers are compared as numbers, and all other values sort after numbers. Rows without the field are
/// last.
/// </summary>
internal static class RowOrder
{
    public static Rows By(Rows rows, string field, bool descending)
    {
        var name = new StoredName(field);
        var keys = new (int Class, double Number, string Text)[rows.Count];
        for (var i = 0; i < keys.Length; i++)
        {
            keys[i] = !name.TryRead(rows.Json(i), out var value) ? (2, 0, "")
                : value.TryNumber(out var number) && !double.IsNaN(number) ? (0, number, "")
                : (1, 0, value.Text);
        }
        var sign = descending ? -1 : 1;
        int[] order = [.. Enumerable.Range(0, keys.Length)];
        Array.Sort(order, (a, b) =>
        {
            var compared = keys[a].Class == 2 || keys[b].Class == 2
                ? keys[a].Class.CompareTo(keys[b].Class) * ((keys[a].Class == 2) == (keys[b].Class == 2) ? sign : 1)
                : sign * Compare(keys[a], keys[b]);
            return compared != 0 ? compared : a.CompareTo(b);
        });
        return rows.Pick(order);
    }

    private static int Compare((int Class, double Number, string Text) a, (int Class, double Number, string Text) b)
        => a.Class != b.Class ? a.Class.CompareTo(b.Class)
            : a.Class == 0 ? a.Number.CompareTo(b.Number)
            : string.CompareOrdinal(a.Text, b.Text);
}
