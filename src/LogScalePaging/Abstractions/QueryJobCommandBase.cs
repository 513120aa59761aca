using System.ComponentModel;
using LogScalePaging.LogScale.Queries;

namespace LogScalePaging.Commands;

/// <summary>A cmdlet that works with query jobs: on LogScale, or on NG-SIEM.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class QueryJobCommandBase : ConnectedCommandBase
{
    /// <summary>The connection to use: that of <c>-Connection</c>, else that of the job, else the session's default.</summary>
    private protected ServerConnection Connected(QueryJob? job = null) => Connected(SearchSpec.SystemName, job?.Connection);
}
