using LogScalePaging.LogScale.Queries;

namespace LogScalePaging.Commands;

/// <summary>A cmdlet that works with query jobs: on LogScale, or on NG-SIEM.</summary>
public abstract class QueryJobCommandBase : ConnectedCommandBase
{
    /// <summary>The connection that holds now: the one given, else that of the job, else the session's.</summary>
    private protected ServerConnection Connected(QueryJob? job = null) => Connected(SearchSpec.SystemName, job?.Connection);
}
