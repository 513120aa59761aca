namespace LogScalePaging.Simulator.Rest;

/// <summary>The records of all resources. Not thread safe: the callers use a lock.</summary>
internal sealed class RestStore(FalconRestOptions options)
{
    private readonly Dictionary<string, List<RestRecord>> _resources = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _made = new(StringComparer.Ordinal);

    /// <summary>The records of a resource in the order of their creation.</summary>
    public List<RestRecord> Of(string resource)
    {
        if (_resources.TryGetValue(resource, out var records))
            return records;
        _resources[resource] = records = [];
        Add(resource, options.Records);
        return records;
    }

    /// <summary>Makes records.</summary>
    public void Add(string resource, int count)
    {
        var records = Of(resource);
        _made.TryGetValue(resource, out var made);
        var idField = options.Endpoints.First(e => e.Resource == resource).IdField;
        for (var i = 0; i < count; i++)
            records.Add(new RestRecord(resource, idField, made++));
        _made[resource] = made;
    }

    /// <summary>Removes the first records.</summary>
    public void Remove(string resource, int count) => Of(resource).RemoveRange(0, Math.Min(count, Of(resource).Count));
}
