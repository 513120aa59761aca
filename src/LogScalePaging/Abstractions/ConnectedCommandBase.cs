using System.Management.Automation;

namespace LogScalePaging.Commands;

/// <summary>A cmdlet that talks to a server.</summary>
public abstract class ConnectedCommandBase : LogScaleCommandBase
{
    private LogScaleConnection? _named;

    /// <summary>The connection to use in place of this session's default.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNull]
    public LogScaleConnection? Connection { get; set; }

    /// <summary>The connection that holds now: the one given, else that of the job, else the session's.</summary>
    private protected LogScaleConnection Connected(QueryJob? job = null)
    {
        if (Open(Connection ?? job?.Connection) is { } given)
            return given;
        var connection = Session.Connect(Environment.GetEnvironmentVariable, CanServe);
        if (!ReferenceEquals(_named, connection))
            Voice.Verbose($"Connection: {connection.System}, {connection}");
        _named = connection;
        return connection;
    }

    /// <summary>Whether a connection of the session has what the parameters need.</summary>
    private protected virtual bool CanServe(LogScaleConnection connection) => true;

    private static LogScaleConnection? Open(LogScaleConnection? connection) =>
        connection is not { IsOpen: false } ? connection : throw new NotConnectedException($"The connection to {connection} was disconnected.");
}
