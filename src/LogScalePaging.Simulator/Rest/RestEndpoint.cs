namespace LogScalePaging.Simulator;

/// <summary>An endpoint of Falcon's REST API that lists records.</summary>
/// <param name="Path">Path.</param>
/// <param name="Resource">Name of the records. Endpoints with the same name list the same records.</param>
/// <param name="IdField">The field that identifies a record.</param>
/// <param name="Shape">How its answers say where the next page begins.</param>
/// <param name="MaxPage">Maximum number of records per page. A request for more is refused.</param>
public sealed record RestEndpoint(string Path, string Resource, string IdField, RestShape Shape, int MaxPage)
{
    /// <summary>Name of the child tenants that Flight Control lists.</summary>
    public const string Children = "children";

    public string Method { get; init; } = "GET";

    /// <summary>Whether only ids are listed.</summary>
    public bool IdsOnly { get; init; }

    /// <summary>Whether a request without a filter is refused.</summary>
    public bool NeedsFilter { get; init; }

    /// <summary>Whether <see cref="FalconRestOptions.Window"/> limits offset and limit.</summary>
    public bool HasWindow { get; init; }

    /// <summary>Whether the last page has an empty token; false if it has no token.</summary>
    public bool EmptyTokenAtEnd { get; init; }

    /// <summary>Whether the page with the last records has a token, which returns an empty page with <c>total:0</c>.</summary>
    public bool TrailingPage { get; init; }

    /// <summary>Whether answers state a total.</summary>
    public bool HasTotal { get; init; } = true;

    /// <summary>Whether <c>resources</c> is an object with the records in <c>events</c>.</summary>
    public bool NestsItems { get; init; }

    /// <summary>The endpoints that are simulated by default.</summary>
    public static IReadOnlyList<RestEndpoint> Known { get; } =
    [
        new("/devices/queries/devices/v1", "hosts", "device_id", RestShape.OffsetNext, 5_000) { IdsOnly = true, HasWindow = true },
        new("/devices/queries/devices-scroll/v1", "hosts", "device_id", RestShape.Scroll, 10_000) { IdsOnly = true,
            EmptyTokenAtEnd = true },
        new("/devices/combined/devices/v1", "hosts", "device_id", RestShape.Next, 10_000),
        new("/devices/combined/host-group-members/v1", "hosts", "device_id", RestShape.OffsetGiven, 5_000) { HasWindow = true },
        new("/alerts/queries/alerts/v2", "alerts", "composite_id", RestShape.OffsetGiven, 10_000) { IdsOnly = true, HasWindow = true },
        new("/alerts/combined/alerts/v1", "alerts", "composite_id", RestShape.After, 1_000) { Method = "POST" },
        new("/spotlight/combined/vulnerabilities/v1", "vulnerabilities", "id", RestShape.After, 5_000) { NeedsFilter = true,
            EmptyTokenAtEnd = true },
        new("/spotlight/queries/vulnerabilities/v1", "vulnerabilities", "id", RestShape.After, 400) { IdsOnly = true, NeedsFilter = true,
            EmptyTokenAtEnd = true, TrailingPage = true },
        new("/iocs/combined/indicator/v1", "indicators", "id", RestShape.AfterAndOffset, 2_000),
        new("/iocs/queries/indicators/v1", "indicators", "id", RestShape.AfterAndOffset, 2_000) { IdsOnly = true },
        new("/detects/entities/ioa/v1", "attacks", "event_id", RestShape.NextTokenInside, 1_000) { NestsItems = true },
        new("/threatgraph/combined/edges/v1", "edges", "id", RestShape.Graph, 100) { HasTotal = false },
        new("/mssp/queries/children/v1", Children, "child_cid", RestShape.OffsetGiven, 5_000) { IdsOnly = true, HasWindow = true },
    ];
}
