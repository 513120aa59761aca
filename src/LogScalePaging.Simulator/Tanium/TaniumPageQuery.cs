using System.Globalization;
using System.Text.Json;

namespace LogScalePaging.Simulator.Tanium;

/// <summary>The arguments of a field, and the part of its collection that they choose.</summary>
internal sealed class TaniumPageQuery
{
    private readonly TaniumCollection _collection;
    private readonly string? _after;
    private readonly string? _before;
    private readonly string? _refresh;
    private readonly bool _isBackward;
    private readonly int _size;

    public TaniumPageQuery(TaniumCollection collection, GraphField field, JsonElement variables, int defaultSize)
    {
        string? Argument(string name) => field.Arguments.TryGetValue(name, out var value) ? value.Resolve(variables) : null;

        _collection = collection;
        List<string> known = ["first", "after", .. collection.Field.HasBackward ? new[] { "last", "before" } : [],
            .. collection.Field.HasCollectionInfo ? new[] { "refresh", "filter" } : []];
        if (field.Arguments.Keys.FirstOrDefault(name => !known.Contains(name)) is { } unknown)
            throw new GraphException($"Unknown argument \"{unknown}\" on field \"Query.{field.Name}\".");
        (var first, var last) = (Argument("first"), Argument("last"));
        (_after, _before, _refresh) = (Argument("after"), Argument("before"), Argument("refresh"));
        if ((first ?? _after) is not null && (last ?? _before) is not null)
            throw new GraphException("first and after cannot be combined with last and before");
        _isBackward = (last ?? _before) is not null;
        _size = (first ?? last) is { } size ? int.Parse(size, CultureInfo.InvariantCulture) : defaultSize;
        if (_size < 1)
            throw new GraphException("a page has one record or more");
    }

    public bool IsCount => _size == 1;

    /// <returns>False for a cursor that is not valid.</returns>
    public bool TryFind(List<TaniumFaultKind> faults, out TaniumSlice slice)
    {
        slice = default;
        var sent = _isBackward ? _before : _after;
        if (sent is not null && faults.Contains(TaniumFaultKind.ExpiredCursor))
            return false;
        if (_refresh is not null)
        {
            if (_collection.Cursors.Find(_refresh) is null)
                return false;
            _collection.Refresh();
        }
        var at = sent is null ? (_isBackward ? _collection.Count : 0) : _isBackward ? _collection.Before(sent) : _collection.After(sent);
        var size = faults.Contains(TaniumFaultKind.EmptyPage) ? 0 : faults.Contains(TaniumFaultKind.SparsePage) ? 1 : _size;
        if (at is not int place)
            return false;
        slice = _isBackward
            ? new TaniumSlice(Math.Max(0, place - size), place, true, sent)
            : new TaniumSlice(place, Math.Min(_collection.Count, place + size), false, sent);
        return true;
    }
}
