using System.Buffers.Binary;

namespace LogScalePaging.Export.Schedules;

/// <summary>
/// The rows of the look-back window that earlier outputs of a schedule have. Equal rows are counted: Axiom keeps events that are equal in
/// every byte, and each of them is a result.
/// </summary>
internal sealed class SeenRows
{
    private const int HashBytes = 2 * sizeof(ulong);
    private readonly SeenRow[] _rows;

    public SeenRows(IEnumerable<SeenRow> rows)
    {
        _rows = [.. rows];
        Array.Sort(_rows);
    }

    public int Count => _rows.Length;

    /// <summary>The rows from a time on.</summary>
    public SeenRows From(long time) => new(_rows.Skip(Place(time)));

    /// <summary>Times of the rows before a time.</summary>
    public IEnumerable<long> TimesBefore(long time) => _rows.Take(Place(time)).Select(r => r.Time);

    /// <summary>The same, with the number of rows of each time.</summary>
    public IEnumerable<KeyValuePair<long, long>> CountsBefore(long time) =>
        TimesBefore(time).Select(t => new KeyValuePair<long, long>(t, 1));

    /// <summary>The rows of both.</summary>
    public SeenRows With(IEnumerable<SeenRow> more) => new(_rows.Concat(more));

    /// <summary>At most this number of rows: the newest ones.</summary>
    /// <param name="most">The number.</param>
    /// <param name="from">The time from which all rows are kept; null if nothing was left out.</param>
    public SeenRows Newest(int most, out long? from)
    {
        from = null;
        if (_rows.Length <= most)
            return this;
        // All rows of a millisecond are kept or none, because the range of the next run begins at a millisecond.
        from = _rows[_rows.Length - most - 1].Time + 1;
        return From(from.Value);
    }

    /// <summary>Begins a test of rows: as many equal rows are known as earlier outputs have.</summary>
    public Func<SeenRow, bool> Begin()
    {
        var left = new Dictionary<(ulong, ulong), int>(_rows.Length);
        foreach (var row in _rows)
            left[(row.High, row.Low)] = left.TryGetValue((row.High, row.Low), out var count) ? count + 1 : 1;
        return row =>
        {
            if (!left.TryGetValue((row.High, row.Low), out var count) || count == 0)
                return false;
            left[(row.High, row.Low)] = count - 1;
            return true;
        };
    }

    /// <summary>The rows as text: 16 bytes of hash and some 2 bytes of time for each row, in base64.</summary>
    public string ToText()
    {
        using var bytes = new MemoryStream((_rows.Length * (HashBytes + 2)) + 8);
        var (last, hash) = (0L, new byte[HashBytes]);
        foreach (var row in _rows)
        {
            WriteNumber(bytes, (ulong)(row.Time - last));
            last = row.Time;
            BinaryPrimitives.WriteUInt64LittleEndian(hash, row.High);
            BinaryPrimitives.WriteUInt64LittleEndian(hash.AsSpan(sizeof(ulong)), row.Low);
            bytes.Write(hash, 0, hash.Length);
        }
        return Convert.ToBase64String(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    /// <summary>Reads the text of <see cref="ToText"/>.</summary>
    /// <exception cref="FormatException">It is not such a text.</exception>
    public static SeenRows Parse(string text)
    {
        var bytes = Convert.FromBase64String(text);
        var (at, time, rows) = (0, 0L, new List<SeenRow>(bytes.Length / HashBytes));
        while (at < bytes.Length)
        {
            time += (long)ReadNumber(bytes, ref at);
            if (bytes.Length - at < HashBytes)
                throw new FormatException("The rows of the look-back window are cut.");
            var high = BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(at));
            rows.Add(new SeenRow(time, high, BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(at + sizeof(ulong)))));
            at += HashBytes;
        }
        return new SeenRows(rows);
    }

    private int Place(long time)
    {
        var place = Array.BinarySearch(_rows, new SeenRow(time, 0, 0));
        if (place < 0)
            return ~place;
        while (place > 0 && _rows[place - 1].Time == time)
            place--;
        return place;
    }

    // Seven bits in each byte, the lowest first. The first time is large and can be negative; the others are small distances.
    private static void WriteNumber(Stream bytes, ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            bytes.WriteByte((byte)(value | 0x80));
        bytes.WriteByte((byte)value);
    }

    private static ulong ReadNumber(byte[] bytes, ref int at)
    {
        var value = 0UL;
        for (var shift = 0; shift < 64 && at < bytes.Length; shift += 7)
        {
            var next = bytes[at++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }
        throw new FormatException("A time of the look-back window is not valid.");
    }
}
