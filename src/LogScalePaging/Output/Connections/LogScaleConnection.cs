using LogScalePaging.LogScale.Queries;
using LogScalePaging.Search;
using Engine = LogScalePaging.LogScale.LogScaleSearchConnection;

namespace LogScalePaging;

/// <summary>A LogScale server and a repository on it: the output of <c>Connect-LogScale</c>.</summary>
public sealed class LogScaleConnection : ServerConnection
{
    private readonly Engine _engine;

    internal LogScaleConnection(Engine engine) : base(engine, engine.System) => _engine = engine;

    /// <summary>Repository or view that cmdlets use by default.</summary>
    public string Repository => _engine.Repository;

    internal override SearchConnection? Search(string system) => system == SearchSpec.SystemName ? _engine : null;

    /// <summary>Server and repository.</summary>
    public override string ToString() => $"{BaseUrl} ({Repository})";
}
