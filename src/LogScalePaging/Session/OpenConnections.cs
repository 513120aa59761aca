namespace LogScalePaging;

/// <summary>
/// Connections with a token that the server can revoke. They are closed when the process ends, so that a memory dump or a log has no valid
/// token. There is one list for the process, because all runspaces end with it.
/// </summary>
internal static class OpenConnections
{
    // A script may connect in a loop and never disconnect. Tokens that are dropped from the list expire within half an hour.
    private const int Most = 64;
    private static readonly LinkedList<ServerConnection> s_open = new();

    static OpenConnections() => AppDomain.CurrentDomain.ProcessExit += (_, _) => CloseAll();

    public static void Add(ServerConnection connection)
    {
        if (!connection.CanRevoke)
            return;
        lock (s_open)
        {
            s_open.AddLast(connection);
            if (s_open.Count > Most)
                s_open.RemoveFirst();
        }
    }

    public static void Remove(ServerConnection connection)
    {
        lock (s_open)
            s_open.Remove(connection);
    }

    private static void CloseAll()
    {
        ServerConnection[] open;
        lock (s_open)
            open = [.. s_open];
        // In parallel, because each may take three seconds.
        Task.WhenAll(Array.ConvertAll(open, connection => Task.Run(connection.CloseAsync))).GetAwaiter().GetResult();
    }
}
