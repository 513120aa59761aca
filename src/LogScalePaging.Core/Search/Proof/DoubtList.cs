namespace LogScalePaging.Search.Proof;

/// <summary>
/// Doubts about a result that the answers of a search raised: parts of sentences, each once, in the order in which they were found. Safe
/// for many threads.
/// </summary>
/// <param name="most">Further doubts are not kept.</param>
internal sealed class DoubtList(int most = int.MaxValue)
{
    private readonly object _gate = new();
    private readonly List<string> _doubts = [];

    /// <summary>The doubts so far.</summary>
    public IReadOnlyList<string> All
    {
        get
        {
            lock (_gate)
                return [.. _doubts];
        }
    }

    /// <summary>Adds a doubt.</summary>
    /// <returns>False if it is known already, or if there are too many.</returns>
    public bool Add(string doubt)
    {
        lock (_gate)
        {
            if (_doubts.Count >= most || _doubts.Contains(doubt))
                return false;
            _doubts.Add(doubt);
            return true;
        }
    }
}
