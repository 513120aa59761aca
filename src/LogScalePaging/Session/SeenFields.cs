namespace LogScalePaging;

/// <summary>
/// Names seen in this session, such as fields of results, for tab completion. The number is limited, so that a hostile source cannot fill the memory.
/// </summary>
internal sealed class SeenFields
{
    private const int Most = 2000;
    private readonly SortedSet<string> _names = new(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyList<string> Names
    {
        get
        {
            lock (_names)
                return [.. _names];
        }
    }

    public void Add(string name)
    {
        lock (_names)
        {
            if (_names.Count < Most)
                _names.Add(name);
        }
    }
}
