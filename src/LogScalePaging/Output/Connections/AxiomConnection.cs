using LogScalePaging.Axiom;
using LogScalePaging.Search;
using Engine = LogScalePaging.Axiom.AxiomSearchConnection;

namespace LogScalePaging;

/// <summary>Axiom as one organisation: what <c>Connect-Axiom</c> emits.</summary>
public sealed class AxiomConnection : ServerConnection
{
    private readonly Engine _engine;

    internal AxiomConnection(Engine engine) : base(engine, engine.System) => _engine = engine;

    /// <summary>Id of the organisation; null for that of the token.</summary>
    public string? OrganizationId => _engine.Tenant;

    internal override SearchConnection? Search(string system) => system == AxiomRequest.SystemName ? _engine : null;

    /// <summary>Server and organisation.</summary>
    public override string ToString() => OrganizationId is null ? BaseUrl : $"{BaseUrl} ({OrganizationId})";
}
