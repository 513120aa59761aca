using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using LogScalePaging.Commands;
using LogScalePaging.Diagnostics;
using LogScalePaging.Transport.Http;

#pragma warning disable CA1001 // It exists as long as its runspace. Close disposes its content when the module is removed.

namespace LogScalePaging;

/// <summary>
/// The state of one runspace: its connections, its jobs and simulators, and the names for tab completion. Runspaces share no state, so
/// parallel ones do not affect each other.
/// </summary>
internal sealed class Session
{
    private const int RememberedJobs = 1000;
    private static readonly TimeSpan s_closing = TimeSpan.FromSeconds(5);
    private static readonly ConditionalWeakTable<Runspace, Session> s_sessions = new();

    private readonly object _gate = new();
    private readonly List<QueryJob> _jobs = [];
    private readonly List<ServerConnection> _connections = [];

    // A connection that was replaced as the default belongs to the script that holds it.
    private readonly List<WeakReference<ServerConnection>> _opened = [];
    private readonly List<SimulatorInstance> _simulators = [];
    private readonly Dictionary<string, (ServerConnection Connection, string Key)> _fromEnvironment = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _repositories = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The state of the runspace of this thread.</summary>
    public static Session Current => Runspace.DefaultRunspace is { } runspace ? s_sessions.GetOrCreateValue(runspace) : new Session();

    /// <summary>Names of fields seen in the results of this session.</summary>
    public SeenFields Fields { get; } = new();

    /// <summary>Datasets of Axiom named in this session.</summary>
    public SeenFields Datasets { get; } = new();

    /// <summary>Jobs that were created here and not stopped yet, oldest first.</summary>
    public IReadOnlyList<QueryJob> Jobs
    {
        get
        {
            lock (_gate)
                return [.. _jobs];
        }
    }

    /// <summary>Running simulators, oldest first.</summary>
    public IReadOnlyList<SimulatorInstance> Simulators
    {
        get
        {
            lock (_gate)
                return [.. _simulators];
        }
    }

    /// <summary>All open connections of this session, oldest first, also those that are no default.</summary>
    public IReadOnlyList<ServerConnection> Opened
    {
        get
        {
            lock (_gate)
            {
                _opened.RemoveAll(reference => !reference.TryGetTarget(out var connection) || !connection.IsOpen);
                return [.. _opened.Select(reference => reference.TryGetTarget(out var connection) ? connection : null)
                    .OfType<ServerConnection>()];
            }
        }
    }

    /// <summary>Repositories named in this session.</summary>
    public IReadOnlyList<string> Repositories
    {
        get
        {
            lock (_gate)
                return [.. _repositories];
        }
    }

    /// <summary>
    /// Makes a connection the default for the systems that it supports. For other systems, an earlier connection stays the default.
    /// </summary>
    public void Use(ServerConnection connection)
    {
        lock (_gate)
        {
            _connections.RemoveAll(c => !c.IsOpen || c.GetType() == connection.GetType());
            _connections.Add(connection);
            _opened.Add(new WeakReference<ServerConnection>(connection));
        }
    }

    /// <summary>True if cmdlets of a system use this connection now.</summary>
    public bool IsDefault(ServerConnection connection) =>
        ConnectableSystem.Names.Any(system => ReferenceEquals(Held(system), connection));

    /// <summary>The last connection of this session that is open and supports the parameters; null for none.</summary>
    public ServerConnection? Last(Func<ServerConnection, bool> canServe)
    {
        lock (_gate)
            return _connections.FindLast(c => c.IsOpen && canServe(c));
    }

    /// <summary>
    /// The connection that cmdlets of a system use now: the last open one that supports it, else that of the environment variables if it
    /// was used before; null for none.
    /// </summary>
    public ServerConnection? Held(string system)
    {
        if (Last(c => c.Search(system) is not null) is { } last)
            return last;
        lock (_gate)
            return _fromEnvironment.TryGetValue(system, out var found) && found.Connection.IsOpen ? found.Connection : null;
    }

    /// <summary>Forgets a closed connection, and the jobs that cannot be used without it.</summary>
    public void Forget(ServerConnection connection)
    {
        lock (_gate)
        {
            _connections.Remove(connection);
            _jobs.RemoveAll(j => ReferenceEquals(j.Connection, connection));
        }
    }

    /// <summary>
    /// The last connection to a system that supports the parameters, else the last one to it, else one made from the environment variables.
    /// </summary>
    /// <exception cref="NotConnectedException">There is no connection.</exception>
    public ServerConnection Connect(ConnectableSystem system, Func<string, string?> environment, Func<ServerConnection, bool> canServe)
    {
        // A connection that does not support the parameters gives its own error.
        if ((Last(c => Serves(c) && canServe(c)) ?? Last(Serves)) is { } connection)
            return connection;
        var variables = Array.ConvertAll(system.Variables, v => environment(v));
        var key = Hash(string.Join("\n", variables));
        lock (_gate)
        {
            // A transport has open network connections, so one transport is kept as long as the variables do not change.
            if (_fromEnvironment.TryGetValue(system.Name, out var known) && known.Connection.IsOpen && known.Key == key)
                return known.Connection;
            try
            {
                connection = system.FromEnvironment(environment);
            }
            catch (ArgumentException e) when (e is not UnencryptedAuthenticationException)
            {
                throw new NotConnectedException(system, Array.TrueForAll(variables, string.IsNullOrWhiteSpace) ? null : e.Message, e);
            }
            _fromEnvironment[system.Name] = (connection, key);
            _opened.Add(new WeakReference<ServerConnection>(connection));
        }
        Name(connection.MaybeJobs()?.Repository);
        return connection;

        bool Serves(ServerConnection candidate) => candidate.Search(system.Name) is not null;
    }

    public void Add(QueryJob job)
    {
        lock (_gate)
        {
            _jobs.Add(job);
            _repositories.Add(job.Repository);
            if (_jobs.Count > RememberedJobs)
                _jobs.RemoveAt(0);
        }
    }

    public QueryJob? Find(string id)
    {
        lock (_gate)
            return _jobs.Find(j => j.Id == id);
    }

    public void Forget(QueryJob job)
    {
        lock (_gate)
            _jobs.RemoveAll(j => j.Id == job.Id);
    }

    public void Add(SimulatorInstance simulator)
    {
        lock (_gate)
            _simulators.Add(simulator);
    }

    /// <summary>Forgets a stopped server, and its jobs.</summary>
    public void Forget(SimulatorInstance simulator)
    {
        lock (_gate)
        {
            _simulators.Remove(simulator);
            // An open connection of another system becomes the default again. A connection to a stopped server must not.
            _connections.RemoveAll(c => c.BaseUrl == simulator.BaseUrl);
            _opened.RemoveAll(reference => !reference.TryGetTarget(out var connection) || connection.BaseUrl == simulator.BaseUrl);
            _jobs.RemoveAll(j => j.Connection?.BaseUrl == simulator.BaseUrl);
        }
    }

    /// <summary>Stores the name of a repository for tab completion.</summary>
    public void Name(string? repository)
    {
        if (string.IsNullOrEmpty(repository))
            return;
        lock (_gate)
            _repositories.Add(repository!);
    }

    /// <summary>
    /// Cleans up after the session: deletes its jobs, closes its connections, stops its simulators. Never throws, and takes at most 5 s.
    /// </summary>
    public void Close()
    {
        var jobs = Jobs;
        ServerConnection?[] all = [.. _connections, .. _fromEnvironment.Values.Select(v => v.Connection),
            .. jobs.Select(j => j.Connection)];
        var ending = all.OfType<ServerConnection>().Distinct().Where(c => c.IsOpen)
            .Select(c => Task.Run(() => EndAsync(c, jobs))).ToArray();
        try
        {
            Task.WaitAll(ending, s_closing);
        }
        catch (AggregateException)
        {
            // Nothing can be reported, because the module is being removed.
        }
        lock (_gate)
        {
            _connections.Clear();
            _opened.Clear();
            _fromEnvironment.Clear();
            _jobs.Clear();
        }
        // After the jobs, because they are deleted on these servers.
        foreach (var simulator in Simulators)
        {
            simulator.Stop();
            Forget(simulator);
        }
    }

    // The jobs first, because deleting them needs the token, which is revoked next.
    private static async Task EndAsync(ServerConnection connection, IReadOnlyList<QueryJob> jobs)
    {
        await connection.DeleteJobsAsync(jobs, new SignalLog()).ConfigureAwait(false);
        await connection.CloseAsync().ConfigureAwait(false);
    }

    // The token is part of the key, but is not kept as text.
    private static string Hash(string text)
    {
        using var sha = System.Security.Cryptography.SHA256.Create();
        return Convert.ToBase64String(sha.ComputeHash(System.Text.Encoding.UTF8.GetBytes(text)));
    }
}
