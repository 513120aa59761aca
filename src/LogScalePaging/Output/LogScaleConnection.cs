using LogScalePaging.Diagnostics;
using Engine = LogScalePaging.LogScale.LogScaleConnection;

namespace LogScalePaging;

/// <summary>
/// A server and a repository on it. What <c>Connect-LogScale</c> and <c>Connect-Falcon</c> emit; holds the token or the API client's secret,
/// and never shows it. Disposing it takes the token back, as <c>Disconnect-LogScale</c> does.
/// </summary>
public sealed class LogScaleConnection : IDisposable
{
    private int _closed;

    internal LogScaleConnection(Engine engine)
    {
        Engine = engine;
        OpenConnections.Add(this);
    }

    /// <summary>What answers there: <c>LogScale</c>, or <c>NG-SIEM</c> behind the gateway of Falcon.</summary>
    public string System => Engine.System;

    /// <summary>Base URL of the server.</summary>
    public string BaseUrl => Engine.Transport.BaseUrl.AbsoluteUri.TrimEnd('/');

    /// <summary>Repository or view that cmdlets use when none is named.</summary>
    public string Repository => Engine.Repository;

    /// <summary>Name of the Falcon cloud; the account's own once a token was issued. Null for LogScale itself and for other addresses.</summary>
    public string? Cloud => Engine.Falcon?.Cloud;

    /// <summary>Id of the API client; null for LogScale itself.</summary>
    public string? ClientId => Engine.Falcon?.ClientId;

    /// <summary>CID of the child tenant that is searched; null for the client's own.</summary>
    public string? MemberCid => Engine.Falcon?.MemberCid;

    /// <summary>False once it was disconnected.</summary>
    public bool IsOpen => Volatile.Read(ref _closed) == 0;

    /// <summary>How long an answer may take, in seconds.</summary>
    public double TimeoutSec => Engine.Transport.Options.Timeout.TotalSeconds;

    /// <summary>How often a failed request is repeated.</summary>
    public int MaxRetryCount => Engine.Transport.Options.MaxRetryCount;

    /// <summary>How many requests may be under way at once.</summary>
    public int ThrottleLimit => Engine.Transport.Options.ThrottleLimit;

    /// <summary>Proxy; null for the system's.</summary>
    public Uri? Proxy => Engine.Transport.Options.Proxy;

    /// <summary>PEM file of certificates that are trusted beside the system's.</summary>
    public string? CaBundle => Engine.Transport.Options.CaBundle;

    /// <summary>True when any certificate is taken.</summary>
    public bool SkipCertificateCheck => Engine.Transport.Options.SkipCertificateCheck;

    /// <summary>Subject of the client certificate; null for none.</summary>
    public string? Certificate => Engine.Transport.Options.ClientCertificate?.Subject;

    internal Engine Engine { get; }

    internal bool IsGateway => Engine.IsGateway;

    /// <summary>Deletes its jobs and closes it.</summary>
    /// <param name="jobs">Jobs of the session; those of other connections stay.</param>
    /// <param name="signals">Where signals go.</param>
    internal async Task EndAsync(IEnumerable<QueryJob> jobs, SignalLog signals)
    {
        var own = jobs.Where(job => ReferenceEquals(job.Connection, this)).Select(job => (job.Repository, job.Id)).ToList();
        // They are deleted with the token that is taken back next.
        if (own.Count > 0)
            await Engine.DeleteJobsAsync(own, signals).ConfigureAwait(false);
        await CloseAsync().ConfigureAwait(false);
    }

    /// <summary>Takes the token back, for at most 3 s, and closes the connection.</summary>
    /// <returns>True when a token was made worthless.</returns>
    internal async Task<bool> CloseAsync()
    {
        if (Interlocked.Exchange(ref _closed, 1) != 0)
            return false;
        OpenConnections.Remove(this);
        return await Engine.DisconnectAsync().ConfigureAwait(false);
    }

    /// <summary>Takes the token back, for at most 3 s, and closes the connection.</summary>
    public void Dispose() => Task.Run(CloseAsync).GetAwaiter().GetResult();

    /// <summary>Server and repository.</summary>
    public override string ToString() => $"{BaseUrl} ({Repository})";
}
