using System.Management.Automation;

namespace LogScalePaging.Commands;

/// <summary>A cmdlet that talks to a server.</summary>
public abstract class ConnectedCommandBase : LogScaleCommandBase
{
    /// <summary>The connection to use in place of this session's default.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNull]
    public LogScaleConnection? Connection { get; set; }

    /// <summary>The connection that holds now: the one given, else that of the job, else the session's.</summary>
    private protected LogScaleConnection Connected(QueryJob? job = null) =>
        Open(Connection ?? job?.Connection) ?? Session.Connect(Environment.GetEnvironmentVariable);

    private static LogScaleConnection? Open(LogScaleConnection? connection) =>
        connection is not { IsOpen: false } ? connection : throw new NotConnectedException($"The connection to {connection} was disconnected.");
}
