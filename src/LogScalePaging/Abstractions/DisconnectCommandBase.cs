using System.ComponentModel;
using System.Management.Automation;

namespace LogScalePaging.Commands;

/// <summary>A cmdlet that closes connections: deletes their jobs, revokes the token and forgets them.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class DisconnectCommandBase : LogScaleCommandBase
{
    private ServerConnection? _current;

    /// <summary>The connections. The default is this session's default connection.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [Alias("InputObject")]
    [ValidateNotNull]
    public ServerConnection[]? Connection { get; set; }

    /// <summary>The connection to close if none is given; null for none.</summary>
    private protected abstract ServerConnection? Held { get; }

    /// <summary>Checks that this cmdlet can close a connection.</summary>
    /// <exception cref="WrongSystemException">The connection is to another system.</exception>
    private protected abstract void EnsureRight(ServerConnection connection);

    private protected override object? Target => _current;

    private protected override void OnProcess()
    {
        var connections = Connection ?? (Held is { } held ? [held] : []);
        if (connections.Length == 0)
            WriteVerbose("There is no connection to close.");
        foreach (var connection in connections)
        {
            _current = connection;
            EnsureRight(connection);
            var jobs = Session.Jobs.Where(job => ReferenceEquals(job.Connection, connection)).ToList();
            var action = ActionOf(connection, jobs.Count);
            if (!connection.IsOpen || !ShouldProcess(connection.ToString(), action))
                continue;
            // Deleting them needs the token, which is revoked next.
            if (jobs.Count > 0)
                WriteVerbose($"Query jobs deleted: {Run(_ => connection.DeleteJobsAsync(jobs, Signals))} of {jobs.Count}.");
            var revoked = Run(_ => connection.CloseAsync());
            Session.Forget(connection);
            WriteVerbose(revoked ? "The gateway revoked the token." : "There was no token to revoke, or the gateway did not answer in "
                + "time. The token then expires on the server.");
        }
    }

    private static string ActionOf(ServerConnection connection, int jobs)
    {
        var action = connection.CanRevoke ? "Revoke the token and disconnect" : "Disconnect";
        return jobs == 0
            ? action
            : $"Delete {jobs} query {(jobs == 1 ? "job" : "jobs")}, {char.ToLowerInvariant(action[0])}{action.Substring(1)}";
    }
}
