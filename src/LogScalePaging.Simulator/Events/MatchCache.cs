using LogScalePaging.Simulator.Query.Filters;
using LogScalePaging.Simulator.Query.RowSets;

namespace LogScalePaging.Simulator.Events;

/// <summary>
/// Caches the matches of recent filters. A client that walks a large result sends the same filter thousands of times over other ranges. A
/// range of a match set takes two binary searches. Thread safe.
/// </summary>
internal sealed class MatchCache
{
    private const int Capacity = 16;

    private readonly LinkedList<(EventIndex Index, string Key, Lazy<MatchSet> Matches)> _recent = new();

    public MatchSet Match(EventIndex index, string key, Filter filter)
    {
        if (filter.IsAll)
            return MatchSet.All(index.Count);
        Lazy<MatchSet> matches;
        lock (_recent)
        {
            var node = _recent.First;
            while (node is not null && !(ReferenceEquals(node.Value.Index, index) && node.Value.Key == key))
                node = node.Next;
            if (node is null)
            {
                node = new((index, key, new Lazy<MatchSet>(() => Evaluate(index, filter))));
                if (_recent.Count == Capacity)
                    _recent.RemoveLast();
            }
            else
            {
                _recent.Remove(node);
            }
            _recent.AddFirst(node);
            matches = node.Value.Matches;
        }
        return matches.Value;
    }

    private static MatchSet Evaluate(EventIndex index, Filter filter)
    {
        var positions = new List<int>();
        for (var i = 0; i < index.Count; i++)
        {
            if (filter.Matches(new Row(index.Json(i), index[i].Tag)))
                positions.Add(i);
        }
        return MatchSet.Of(positions);
    }
}
