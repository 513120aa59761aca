namespace LogScalePaging;

/// <summary>There is no open connection, and none can be made from the environment.</summary>
/// <param name="system">The system that needs one.</param>
/// <param name="detail">What is wrong with the connection or with the environment; null when none of its variables is set.</param>
/// <param name="inner">The cause.</param>
internal sealed class NotConnectedException(ConnectableSystem system, string? detail, Exception? inner = null)
    : InvalidOperationException(system.NotConnected + (detail is null ? "" : " " + detail), inner)
{
    /// <summary>A command that connects.</summary>
    public string Example { get; } = system.Example;
}
