using System.Runtime.CompilerServices;
using LogScalePaging.Common;
using LogScalePaging.Paging;
using LogScalePaging.Records;
using LogScalePaging.Records.Identities;

namespace LogScalePaging.Search;

/// <summary>
/// Finds repeated rows in a walk whose rows are sorted newest first. A repeated row has the same time, so only the rows of one instant
/// are compared: a few of them byte by byte, and many of them by hash. A row in another order ends the walk, because this method then
/// does not work.
/// </summary>
internal sealed class InstantMemory : IItemMemory<Record>
{
    /// <summary>
    /// Maximum number of rows of an instant that are compared one by one. Hashing a row costs as much as these comparisons.
    /// </summary>
    private const int MostCompared = 8;

    /// <summary>Maximum size of a row that is copied for the next page. Larger ones are hashed.</summary>
    private const int LargestCopy = 16 * 1024;

    private readonly IdentitySet _hashed = new(IdentityMemory.All);
    private readonly List<Record> _carried = [];
    private byte[] _copies = [];
    private int _copied;
    private long _time = long.MaxValue;
    private int _first;
    private bool _isHashed;

    /// <inheritdoc/>
    /// <exception cref="PagingException">The row has no time, or is newer than the one before it.</exception>
    [MethodImpl(HotPath.Method)]
    public Sighting Add(IReadOnlyList<Record> page, int index) =>
        page is List<Record> list ? Add(new RowsOfList(list), index) : Add(new RowsOfAny(page), index);

    /// <inheritdoc cref="Add(IReadOnlyList{Record}, int)"/>
    /// <remarks>A stream has millions of rows. A call of an interface for each of them would take as long as the comparison.</remarks>
    [MethodImpl(HotPath.Method)]
    public Sighting Add(List<Record> page, int index) => Add(new RowsOfList(page), index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Sighting Add<TRows>(TRows page, int index)
        where TRows : struct, IRows
    {
        var row = page[index];
        if (row.Timestamp is not { } time)
            throw OutOfOrder("a record has no time");
        if (time > _time)
            throw OutOfOrder("the records are not ordered newest first");
        if (time < _time)
            Begin(time, index);
        else if (index == 0)
            _first = 0;
        var sighting = row.HasId ? Find(page, index, in row) : Sighting.Unknown;
        if (index == page.Count - 1)
            Carry(page);
        return sighting;
    }

    private static PagingException OutOfOrder(string what) => new(PagingErrorKind.RequestFailed, what, new OutOfOrderException());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Begin(long time, int index)
    {
        (_time, _first) = (time, index);
        if (_isHashed || _carried.Count > 0)
            Forget();
    }

    private void Forget()
    {
        if (_isHashed)
            _hashed.Clear();
        _isHashed = false;
        _carried.Clear();
        _copied = 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Sighting Find<TRows>(TRows page, int index, in Record row)
        where TRows : struct, IRows
    {
        if (_isHashed)
            return _hashed.Add(RecordIdentity.Of(in row));
        return _first == index && _carried.Count == 0 ? Sighting.New : Compare(page, index, in row);
    }

    [MethodImpl(HotPath.Method)]
    private Sighting Compare<TRows>(TRows page, int index, in Record row)
        where TRows : struct, IRows
    {
        if (_carried.Count + index - _first >= MostCompared)
        {
            Hash(page, index);
            return _hashed.Add(RecordIdentity.Of(in row));
        }
        var sighting = Sighting.New;
        for (var i = 0; i < _carried.Count && sighting != Sighting.Known; i++)
            sighting = With(sighting, in row, _carried[i]);
        for (var i = _first; i < index && sighting != Sighting.Known; i++)
            sighting = With(sighting, in row, page[i]);
        return sighting;
    }

    [MethodImpl(HotPath.Method)]
    private static Sighting With(Sighting sighting, in Record row, in Record earlier)
    {
        if (!row.RawId.Span.SequenceEqual(earlier.RawId.Span))
            return sighting;
        return row.Utf8.Span.SequenceEqual(earlier.Utf8.Span) ? Sighting.Known : Sighting.KnownId;
    }

    // The next page may continue the same instant, and the bytes of this page are then no longer available.
    [MethodImpl(HotPath.Method)]
    private void Carry<TRows>(TRows page)
        where TRows : struct, IRows
    {
        for (var i = _first; i < page.Count && !_isHashed; i++)
        {
            var row = page[i];
            if (!row.HasId)
                continue;
            if (_carried.Count == MostCompared || row.Utf8.Length > LargestCopy)
                Hash(page, page.Count);
            else
                _carried.Add(Copy(in row));
        }
    }

    // The array is reused, because a stream has thousands of pages. Rows that were copied earlier keep the full array.
    private Record Copy(in Record row)
    {
        if (_copies.Length - _copied < row.Utf8.Length)
            (_copies, _copied) = (new byte[LargestCopy], 0);
        var copy = _copies.AsMemory(_copied, row.Utf8.Length);
        row.Utf8.CopyTo(copy);
        _copied += copy.Length;
        return row.Over(copy);
    }

    // From now on, the rows of this instant are compared by hash.
    private void Hash<TRows>(TRows page, int end)
        where TRows : struct, IRows
    {
        foreach (var row in _carried)
            _hashed.Add(RecordIdentity.Of(in row));
        for (var i = _first; i < end; i++)
            _hashed.Add(RecordIdentity.Of(page[i]));
        _carried.Clear();
        _isHashed = true;
    }

    private interface IRows
    {
        int Count { get; }

        Record this[int index] { get; }
    }

    private readonly struct RowsOfList(List<Record> rows) : IRows
    {
        public int Count => rows.Count;

        public Record this[int index] => rows[index];
    }

    private readonly struct RowsOfAny(IReadOnlyList<Record> rows) : IRows
    {
        public int Count => rows.Count;

        public Record this[int index] => rows[index];
    }
}

/// <summary>Rows are not sorted newest first, or have no time.</summary>
internal sealed class OutOfOrderException : Exception;
