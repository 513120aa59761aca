using LogScalePaging.Falcon;
using LogScalePaging.Falcon.Rest;
using LogScalePaging.Falcon.Rest.Endpoints;
using LogScalePaging.Falcon.SignIn;
using LogScalePaging.Search;
using LogScalePaging.Tenants;

namespace LogScalePaging;

/// <summary>Connects to the child tenants of a Falcon account, for NG-SIEM and for the REST API.</summary>
public static class FalconTenants
{
    /// <summary>
    /// A connection to a child tenant, with its own token and the rate limit that all tenants share. Records of another tenant break a
    /// search off. Closing it signs the tenant out and leaves the other connections open.
    /// </summary>
    /// <param name="falcon">The connection of the API client.</param>
    /// <param name="memberCid">CID of the child tenant, with or without its checksum.</param>
    /// <param name="system">The system to search: the name of NG-SIEM's query jobs or of the REST API in checkpoints.</param>
    /// <param name="repository">Repository or view of NG-SIEM; <see cref="NgSiem.DefaultRepository"/> when null.</param>
    /// <exception cref="ArgumentException">The CID is empty or not valid.</exception>
    public static SearchConnection Connect(FalconApiClient falcon, string? memberCid, string system, string? repository = null)
    {
        var cid = MemberCids.Parse(memberCid);
        var tenant = falcon.For(cid);
        SearchConnection connection = system == FalconRequest.SystemName
            ? new FalconRestConnection(tenant.Transport)
            : NgSiem.Of(tenant, repository);
        return new GuardedConnection(connection, (in Records.Record record) => TenantRecords.Ensure(in record, cid));
    }
}
