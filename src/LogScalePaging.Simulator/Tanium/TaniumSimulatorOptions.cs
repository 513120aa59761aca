namespace LogScalePaging.Simulator;

/// <summary>
/// Settings of a simulated API Gateway of Tanium. Those of the data, the port and the clock are read once, at the start; the others hold
/// from the next request on. Where no public source shows what the real service does, both ways are a setting.
/// </summary>
public sealed class TaniumSimulatorOptions : Services.IServiceSettings
{
    /// <summary>TCP port on 127.0.0.1; 0 takes any free one.</summary>
    public int Port { get; set; }

    /// <summary>The token that requests must carry in the header <c>session</c>.</summary>
    public string Token { get; set; } = "token-simulator-0123456789";

    /// <summary>The same seed gives the same cursors.</summary>
    public int Seed { get; set; } = 1;

    /// <summary>How many records each collection has at the start.</summary>
    public int Records { get; set; } = 10_000;

    /// <summary>The collections. Read at the start.</summary>
    public IReadOnlyList<TaniumField> Fields { get; set; } = TaniumField.Known;

    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>Added to every request before it is handled.</summary>
    public TimeSpan Latency { get; set; }

    /// <summary>Whether answers are compressed when the client accepts it.</summary>
    public bool Compression { get; set; }

    /// <summary>How long cursors live after the last use of any cursor of their collection.</summary>
    public TimeSpan CursorLife { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>What is said of a cursor that is not valid.</summary>
    public string ExpiredMessage { get; set; } = "cursor is no longer valid";

    /// <summary>Status of that answer: 200 with the error inside, or 400.</summary>
    public int ExpiredStatus { get; set; } = 200;

    /// <summary>Whether the error of such a cursor names the field that failed.</summary>
    public bool ExpiredHasPath { get; set; } = true;

    /// <summary>Whether a cursor is a number of records before it, so that records move over it when others vanish.</summary>
    public bool CursorsAreOffsets { get; set; }

    /// <summary>Records of a page that names no size.</summary>
    public int DefaultPageSize { get; set; } = 20;

    /// <summary>Records that the totals count and no page lists.</summary>
    public int HiddenRecords { get; set; }

    /// <summary>Endpoints that have answered; null for all of them.</summary>
    public int? Responded { get; set; }

    /// <summary>Whether the collection succeeded.</summary>
    public bool Success { get; set; } = true;

    /// <summary>Records that are added at the end behind each page.</summary>
    public int AddedPerPage { get; set; }

    /// <summary>Records, those listed first, that vanish behind each page.</summary>
    public int RemovedPerPage { get; set; }

    /// <summary>Records, those listed first, that a refresh removes.</summary>
    public int RemovedByRefresh { get; set; }

    /// <summary>Behind how many pages records are added or vanish.</summary>
    public int ChangingPages { get; set; } = int.MaxValue;

    /// <summary>What is wrong with which pages.</summary>
    public IReadOnlyList<TaniumFault> PageFaults { get; set; } = [];

    /// <inheritdoc/>
    public FaultPlan Faults { get; set; } = new();

    /// <summary>How many requests <see cref="TaniumSimulator.Requests"/> keeps, oldest dropped first; 0 for none.</summary>
    public int RequestLogLimit { get; set; } = 100_000;
}
