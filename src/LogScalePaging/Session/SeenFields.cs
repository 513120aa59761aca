namespace LogScalePaging;

/// <summary>
/// Names seen in this session, such as fields of results, for tab completion. The number is limited, so that a hostile source cannot fill
/// the memory.
/// </summary>
internal sealed class SeenFields
{
    private const int Most = 2000;
    private int _told = -1;
    private readonly SortedSet<string> _names = new(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyList<string> Names
    {
        get
        {
            lock (_names)
                return [.. _names];
        }
    }

    /// <summary>True if names were added since the last call, and at the first call.</summary>
    public bool HasNews()
    {
        lock (_names)
        {
            if (_told == _names.Count)
                return false;
            _told = _names.Count;
            return true;
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
