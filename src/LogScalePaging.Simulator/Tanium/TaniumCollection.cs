namespace LogScalePaging.Simulator.Tanium;

/// <summary>The records of a field, and its cursors. Not thread safe.</summary>
internal sealed class TaniumCollection(TaniumField field, TaniumSimulatorOptions options, SimulatorClock clock)
{
    private readonly List<TaniumRecord> _records = [.. Enumerable.Range(0, options.Records).Select(n => new TaniumRecord(n))];
    private int _next = options.Records;

    public TaniumField Field { get; } = field;

    public TaniumCursors Cursors { get; } = new(options, clock);

    public int Count => _records.Count;

    public TaniumRecord this[int index] => _records[index];

    /// <summary>The cursor of the record at an index.</summary>
    public string CursorAt(int index) => Cursors.Of(options.CursorsAreOffsets ? index : _records[index].Number);

    /// <summary>The index of the first record behind a cursor; null when the cursor is not valid.</summary>
    public int? After(string cursor) =>
        Index(cursor, place => options.CursorsAreOffsets ? place + 1 : _records.Count(r => r.Number <= place));

    /// <summary>The number of records before a cursor; null when the cursor is not valid.</summary>
    public int? Before(string cursor) => Index(cursor, place => options.CursorsAreOffsets ? place : _records.Count(r => r.Number < place));

    public void Change()
    {
        for (var i = 0; i < options.AddedPerPage; i++)
            _records.Add(new TaniumRecord(_next++));
        Remove(options.RemovedPerPage);
    }

    public void Refresh()
    {
        Cursors.Renew();
        Remove(options.RemovedByRefresh);
    }

    private void Remove(int count) => _records.RemoveRange(0, Math.Min(count, _records.Count));

    private int? Index(string cursor, Func<int, int> find) =>
        Cursors.Find(cursor) is int place ? Math.Min(find(place), _records.Count) : null;
}
