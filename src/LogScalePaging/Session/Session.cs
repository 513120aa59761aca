using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using LogScalePaging.Diagnostics;
using LogScalePaging.LogScale;
using LogScalePaging.Transport.Http;

#pragma warning disable CA1001 // It lives as long as its runspace; Close ends what it holds when the module is removed.

namespace LogScalePaging;

/// <summary>
/// What one runspace remembers: its default connection, the jobs and simulators that it made, and the names that tab completion offers.
/// Runspaces share nothing, so parallel ones do not redirect each other.
/// </summary>
internal sealed class Session
{
    private const int RememberedJobs = 1000;
    private static readonly TimeSpan s_closing = TimeSpan.FromSeconds(5);
    private static readonly ConditionalWeakTable<Runspace, Session> s_sessions = new();

    private static readonly string[] s_variables =
    [
        ConnectionSettings.BaseUrlVariable, ConnectionSettings.RepositoryVariable, ConnectionSettings.TokenVariable, ConnectionSettings.CaBundleVariable,
        FalconConnectionSettings.ClientIdVariable, FalconConnectionSettings.ClientSecretVariable, FalconConnectionSettings.BaseUrlVariable,
        FalconConnectionSettings.CloudVariable, FalconConnectionSettings.MemberCidVariable,
    ];

    private readonly object _gate = new();
    private readonly List<QueryJob> _jobs = [];
    private readonly List<LogScaleConnection> _connections = [];
    private readonly List<SimulatorInstance> _simulators = [];
    private readonly SortedSet<string> _repositories = new(StringComparer.OrdinalIgnoreCase);
    private LogScaleConnection? _fromEnvironment;
    private string? _environment;

    /// <summary>The state of the runspace that this thread runs in.</summary>
    public static Session Current => Runspace.DefaultRunspace is { } runspace ? s_sessions.GetOrCreateValue(runspace) : new Session();

    /// <summary>The connection of the last <c>Connect-LogScale</c> or <c>Connect-Falcon</c> that is open.</summary>
    public LogScaleConnection? Default => Last(_ => true);

    /// <summary>The connection that cmdlets use now: the default one, else that of the environment if it was used already; null for none.</summary>
    public LogScaleConnection? Held => Default ?? (_fromEnvironment is { IsOpen: true } ? _fromEnvironment : null);

    /// <summary>Names of fields seen in the results of this session.</summary>
    public SeenFields Fields { get; } = new();

    /// <summary>Jobs made here and not stopped yet, oldest first.</summary>
    public IReadOnlyList<QueryJob> Jobs
    {
        get
        {
            lock (_gate)
                return [.. _jobs];
        }
    }

    /// <summary>Simulators that run, oldest first.</summary>
    public IReadOnlyList<SimulatorInstance> Simulators
    {
        get
        {
            lock (_gate)
                return [.. _simulators];
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

    /// <summary>Makes a connection the default. One of another system stays for what this one cannot serve.</summary>
    public void Use(LogScaleConnection connection)
    {
        lock (_gate)
        {
            _connections.RemoveAll(c => !c.IsOpen || c.IsGateway == connection.IsGateway);
            _connections.Add(connection);
        }
        Name(connection.Repository);
    }

    /// <summary>The last connection of this session that is open and can serve; null for none.</summary>
    public LogScaleConnection? Last(Func<LogScaleConnection, bool> canServe)
    {
        lock (_gate)
            return _connections.FindLast(c => c.IsOpen && canServe(c));
    }

    /// <summary>Forgets a connection that was closed, and the jobs that nobody can ask for any more without it.</summary>
    public void Forget(LogScaleConnection connection)
    {
        lock (_gate)
        {
            _connections.Remove(connection);
            _jobs.RemoveAll(j => ReferenceEquals(j.Connection, connection));
        }
    }

    /// <summary>The last connection that can serve, else the last one, else one made from the environment variables.</summary>
    /// <exception cref="NotConnectedException">None is to be had.</exception>
    public LogScaleConnection Connect(Func<string, string?> environment, Func<LogScaleConnection, bool> canServe)
    {
        // One that cannot serve says so in its own words.
        if ((Last(canServe) ?? Default) is { } connection)
            return connection;
        var variables = Array.ConvertAll(s_variables, v => environment(v));
        var key = string.Join("\n", variables);
        lock (_gate)
        {
            // A transport holds open connections: one for as long as the variables stay.
            if (_fromEnvironment is not { IsOpen: true } || _environment != Hash(key))
            {
                try
                {
                    _fromEnvironment = new LogScaleConnection(FalconConnectionSettings.IsMeant(environment)
                        ? new FalconConnectionSettings().Connect(environment)
                        : new ConnectionSettings().Connect(environment));
                }
                catch (ArgumentException e) when (e is not UnencryptedAuthenticationException)
                {
                    throw new NotConnectedException(Array.TrueForAll(variables, string.IsNullOrWhiteSpace) ? null : e.Message, e);
                }
                _environment = Hash(key);
                _repositories.Add(_fromEnvironment.Repository);
            }
            return _fromEnvironment;
        }
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

    /// <summary>Forgets a server that is stopped, and the jobs that ended with it.</summary>
    public void Forget(SimulatorInstance simulator)
    {
        lock (_gate)
        {
            _simulators.Remove(simulator);
            // An open connection of another system serves again; one to a server that is gone must not.
            _connections.RemoveAll(c => c.BaseUrl == simulator.BaseUrl);
            _jobs.RemoveAll(j => j.Connection?.BaseUrl == simulator.BaseUrl);
        }
    }

    /// <summary>Notes the name of a repository for tab completion.</summary>
    public void Name(string? repository)
    {
        if (string.IsNullOrEmpty(repository))
            return;
        lock (_gate)
            _repositories.Add(repository!);
    }

    /// <summary>Ends what the session left: deletes its jobs, closes its connections, stops its simulators. Never throws, and takes 5 s at most.</summary>
    public void Close()
    {
        var jobs = Jobs;
        LogScaleConnection?[] all = [.. _connections, _fromEnvironment, .. jobs.Select(j => j.Connection)];
        var ending = all.OfType<LogScaleConnection>().Distinct().Where(c => c.IsOpen)
            .Select(c => Task.Run(() => c.EndAsync(jobs, new SignalLog()))).ToArray();
        try
        {
            Task.WaitAll(ending, s_closing);
        }
        catch (AggregateException)
        {
            // Nothing is left that could be told: the module is going.
        }
        lock (_gate)
        {
            _connections.Clear();
            _fromEnvironment = null;
            _jobs.Clear();
        }
        // After the jobs: they are deleted on these servers.
        foreach (var simulator in Simulators)
        {
            simulator.Stop();
            Forget(simulator);
        }
    }

    // The token is part of the key, and is not kept as text.
    private static string Hash(string text)
    {
        using var sha = System.Security.Cryptography.SHA256.Create();
        return Convert.ToBase64String(sha.ComputeHash(System.Text.Encoding.UTF8.GetBytes(text)));
    }
}
