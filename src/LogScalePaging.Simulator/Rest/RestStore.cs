namespace LogScalePaging.Simulator.Rest;

/// <summary>The records of all resources. Not thread safe: the callers use a lock.</summary>
/// <param name="options">The settings.</param>
/// <param name="tenant">The child tenant that has the records; null for the account.</param>
/// <param name="children">The child tenants of the account.</param>
internal sealed class RestStore(FalconRestOptions options, RestTenant? tenant, IReadOnlyList<GatewayTenant> children)
{
    private readonly Dictionary<string, List<RestRecord>> _resources = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _made = new(StringComparer.Ordinal);

    /// <summary>The records of a resource in the order of their creation.</summary>
    public List<RestRecord> Of(string resource)
    {
        if (_resources.TryGetValue(resource, out var records))
            return records;
        _resources[resource] = records = [];
        if (resource == RestEndpoint.Children && (children.Count > 0 || !options.InventsTenants))
            records.AddRange(children.Select((child, i) => new RestRecord(child, i)));
        else
            Add(resource, tenant?.Records ?? options.Records);
        return records;
    }

    /// <summary>Makes records.</summary>
    public void Add(string resource, int count)
    {
        var records = Of(resource);
        _made.TryGetValue(resource, out var made);
        for (var i = 0; i < count; i++, made++)
        {
            DateTimeOffset? time = made < options.WithoutTimes ? null : RestRecord.TimeOf(made < options.InOneInstant ? 0 : made);
            records.Add(new RestRecord(resource, IdField(resource), made, time, tenant?.Cid));
        }
        _made[resource] = made;
    }

    /// <summary>Changes the times of a record.</summary>
    public void Move(string resource, int index, DateTimeOffset to) =>
        Of(resource)[index] = new RestRecord(resource, IdField(resource), Of(resource)[index].Number, to, tenant?.Cid);

    /// <summary>Removes the first records.</summary>
    public void Remove(string resource, int count) => Of(resource).RemoveRange(0, Math.Min(count, Of(resource).Count));

    private string IdField(string resource) => options.Endpoints.First(e => e.Resource == resource).IdField;
}
