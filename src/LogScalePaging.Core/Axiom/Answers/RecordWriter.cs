using LogScalePaging.Records;

namespace LogScalePaging.Axiom.Answers;

/// <summary>
/// Writes the rows of an answer as records, with names and values as the server wrote them. Fields with the value null are left out.
/// </summary>
/// <param name="size">Initial size in bytes.</param>
internal sealed class RecordWriter(int size)
{
    private readonly List<int> _ends = [];
    private byte[] _bytes = new byte[Math.Max(size, 256)];
    private int _length;
    private bool _isFirst;

    /// <summary>Begins a record.</summary>
    public void Begin()
    {
        _isFirst = true;
        Add("{"u8);
    }

    /// <summary>Adds a field.</summary>
    /// <param name="name">The name as it is written, without its quotes.</param>
    /// <param name="value">The value as it is written.</param>
    public void Field(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (value[0] == (byte)'n')
            return;
        Add(_isFirst ? "\""u8 : ",\""u8);
        _isFirst = false;
        Add(name);
        Add("\":"u8);
        Add(value);
    }

    /// <summary>Ends a record.</summary>
    public void End()
    {
        Add("}"u8);
        _ends.Add(_length);
    }

    /// <summary>The records.</summary>
    public IReadOnlyList<Record> Records(RecordParser parser)
    {
        var records = new List<Record>(_ends.Count);
        var start = 0;
        foreach (var end in _ends)
        {
            records.Add(parser.Parse(_bytes.AsMemory(start, end - start)));
            start = end;
        }
        return records;
    }

    private void Add(ReadOnlySpan<byte> bytes)
    {
        if (_length + bytes.Length > _bytes.Length)
            Array.Resize(ref _bytes, Math.Max(checked(_bytes.Length * 2), _length + bytes.Length));
        bytes.CopyTo(_bytes.AsSpan(_length));
        _length += bytes.Length;
    }
}
