using System.ComponentModel;
using System.Management.Automation;

namespace LogScalePaging.Commands;

/// <summary>A cmdlet that uses a connection.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ConnectedCommandBase : LogScaleCommandBase
{
    private ServerConnection? _named;

    /// <summary>The connection to use instead of this session's default.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNull]
    public virtual ServerConnection? Connection { get; set; }

    /// <summary>The connection to use: that of <c>-Connection</c>, else <paramref name="given"/>, else the session's default.</summary>
    /// <param name="system">The system to search, by its name in checkpoints.</param>
    /// <param name="given">The connection of the target object, such as a job; null for none.</param>
    /// <exception cref="WrongSystemException">The given connection is to another system.</exception>
    /// <exception cref="NotConnectedException">There is no connection.</exception>
    private protected ServerConnection Connected(string system, ServerConnection? given = null)
    {
        var needed = ConnectableSystem.Of(system);
        SearchedSystem = needed;
        if ((Connection ?? given) is { } named)
        {
            needed.EnsureServes(named, MyInvocation.MyCommand.Name);
            return named;
        }
        var connection = Session.Connect(needed, Environment.GetEnvironmentVariable, CanServe);
        if (!ReferenceEquals(_named, connection))
            Voice.Verbose($"Connection: {connection.System}, {connection}");
        _named = connection;
        return connection;
    }

    /// <summary>Whether a connection of the session supports the parameters.</summary>
    private protected virtual bool CanServe(ServerConnection connection) => true;
}
