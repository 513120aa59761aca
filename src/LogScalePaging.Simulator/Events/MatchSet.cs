namespace LogScalePaging.Simulator.Events;

/// <summary>The positions, newest first, of the events of an index that a filter matches.</summary>
internal sealed class MatchSet
{
    private readonly int[]? _positions;

    private MatchSet(int[]? positions, int count) => (_positions, Count) = (positions, count);

    public int Count { get; }

    public int this[int i] => _positions is null ? i : _positions[i];

    public static MatchSet All(int count) => new(null, count);

    public static MatchSet Of(List<int> positions) => new([.. positions], positions.Count);

    /// <summary>The number of matches before a position of the index.</summary>
    public int CountBefore(int position)
    {
        if (_positions is null)
            return Math.Min(position, Count);
        var at = Array.BinarySearch(_positions, position);
        return at < 0 ? ~at : at;
    }

    public MatchSet Where(Func<int, bool> condition)
    {
        var kept = new List<int>();
        for (var i = 0; i < Count; i++)
        {
            if (condition(this[i]))
                kept.Add(this[i]);
        }
        return Of(kept);
    }
}
