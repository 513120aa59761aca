using System.Net.Sockets;

namespace LogScalePaging.Simulator;

/// <summary>The simulator cannot listen on the requested port. The message names the port and says what to do.</summary>
public sealed class SimulatorPortException : SocketException
{
    private readonly string _why;

    /// <summary>Creates an exception from the error of the system.</summary>
    /// <param name="port">The port.</param>
    /// <param name="cause">The error of the system.</param>
    public SimulatorPortException(int port, SocketException cause) : base((int)cause.SocketErrorCode)
    {
        Port = port;
        _why = cause.SocketErrorCode switch
        {
            SocketError.AddressAlreadyInUse => "another program (or another simulator) listens on it already",
            SocketError.AccessDenied => "the system does not let this user listen on it",
            _ => cause.Message.TrimEnd('.'),
        };
    }

    /// <summary>The port.</summary>
    public int Port { get; }

    /// <inheritdoc/>
    public override string Message =>
        FormattableString.Invariant(
            $"Port {Port} of 127.0.0.1 cannot be used: {_why}. Choose another with -Port (--port), or leave it out for any free one.");
}
