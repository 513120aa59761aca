using LogScalePaging.Paging;
using LogScalePaging.Transport;

namespace LogScalePaging.LogScale;

/// <summary>A server and a repository on it, with the one transport that all runs against it share.</summary>
/// <param name="transport">The transport; disposed with the connection.</param>
/// <param name="repository">Default repository or view.</param>
public sealed class LogScaleConnection(ApiTransport transport, string repository) : IDisposable
{
    /// <summary>The transport of all runs.</summary>
    public ApiTransport Transport { get; } = transport;

    /// <summary>Default repository or view.</summary>
    public string Repository { get; } = repository;

    /// <summary>The calls for a run, on the default repository or another.</summary>
    public QueryJobClient Client(SignalLog signals, string? repository = null) => new(Transport.With(signals), repository ?? Repository);

    /// <inheritdoc/>
    public void Dispose() => Transport.Dispose();
}
