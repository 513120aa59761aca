namespace LogScalePaging;

/// <summary>
/// Connections that hold a token which the gateway can take back, to be closed when the process ends: whoever reads the memory dump or the
/// log of tomorrow shall find no token that still opens something. One list for the process, because its end is one for all runspaces.
/// </summary>
internal static class OpenConnections
{
    // A script that connects in a loop and never disconnects: what is let go of dies by itself within half an hour.
    private const int Most = 64;
    private static readonly LinkedList<LogScaleConnection> s_open = new();

    static OpenConnections() => AppDomain.CurrentDomain.ProcessExit += (_, _) => CloseAll();

    public static void Add(LogScaleConnection connection)
    {
        if (!connection.IsGateway)
            return;
        lock (s_open)
        {
            s_open.AddLast(connection);
            if (s_open.Count > Most)
                s_open.RemoveFirst();
        }
    }

    public static void Remove(LogScaleConnection connection)
    {
        lock (s_open)
            s_open.Remove(connection);
    }

    private static void CloseAll()
    {
        LogScaleConnection[] open;
        lock (s_open)
            open = [.. s_open];
        // At once, because each may take its three seconds.
        Task.WhenAll(Array.ConvertAll(open, connection => Task.Run(connection.CloseAsync))).GetAwaiter().GetResult();
    }
}
