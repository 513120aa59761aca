namespace LogScalePaging;

/// <summary>There is no open connection, and the environment variables are not enough to make one.</summary>
/// <param name="system">The system to connect to.</param>
/// <param name="detail">The problem of the connection or of the environment variables; null if no variable is set.</param>
/// <param name="inner">The cause.</param>
internal sealed class NotConnectedException(ConnectableSystem system, string? detail, Exception? inner = null)
    : InvalidOperationException(system.NotConnected + (detail is null ? "" : " " + detail), inner)
{
    /// <summary>A command that connects.</summary>
    public string Example { get; } = system.Example;
}
