using LogScalePaging.Falcon.Rest;
using LogScalePaging.Falcon.Rest.Endpoints;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Search;
using Engine = LogScalePaging.Falcon.FalconApiClient;
using NgSiemSearch = LogScalePaging.LogScale.LogScaleSearchConnection;

namespace LogScalePaging;

/// <summary>
/// A Falcon cloud, the API client that signs in there, and a repository of NG-SIEM: what <c>Connect-Falcon</c> emits. It serves NG-SIEM and
/// the REST API.
/// </summary>
public sealed class FalconConnection : ServerConnection
{
    private readonly Engine _engine;
    private readonly NgSiemSearch _ngSiem;
    private readonly FalconRestConnection _rest;

    internal FalconConnection(Engine engine, string? repository) : base(engine, NgSiem.Name) =>
        (_engine, _ngSiem, _rest) = (engine, NgSiem.Over(engine, repository), new FalconRestConnection(engine.Transport.View()));

    /// <summary>Repository or view of NG-SIEM that cmdlets use by default.</summary>
    public string Repository => _ngSiem.Repository;

    /// <summary>
    /// Name of the Falcon cloud. After the first token, it is the account's cloud. Null for an address that is not a known cloud.
    /// </summary>
    public string? Cloud => _engine.Cloud;

    /// <summary>Id of the API client.</summary>
    public string ClientId => _engine.ClientId;

    /// <summary>CID of the child tenant that the client acts for; null for its own tenant.</summary>
    public string? MemberCid => _engine.Tenant;

    /// <summary>A connection to a child tenant, with its own token. The caller closes it.</summary>
    /// <exception cref="ArgumentException">The CID is empty or not valid.</exception>
    internal SearchConnection ForTenant(string cid, string system) => FalconTenants.Connect(_engine, cid, system, Repository);

    internal override SearchConnection? Search(string system) => system switch
    {
        SearchSpec.SystemName => _ngSiem,
        FalconRequest.SystemName => _rest,
        _ => null,
    };

    /// <summary>Server and repository.</summary>
    public override string ToString() => $"{BaseUrl} ({Repository})";
}
