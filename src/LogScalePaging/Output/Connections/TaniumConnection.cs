using LogScalePaging.Search;
using LogScalePaging.Tanium;
using Engine = LogScalePaging.Tanium.TaniumSearchConnection;

namespace LogScalePaging;

/// <summary>The API Gateway of Tanium: what <c>Connect-Tanium</c> emits.</summary>
public sealed class TaniumConnection : ServerConnection
{
    private readonly Engine _engine;

    internal TaniumConnection(Engine engine) : base(engine, engine.System) => _engine = engine;

    internal override SearchConnection? Search(string system) => system == TaniumRequest.SystemName ? _engine : null;
}
