using System.Text;
using LogScalePaging.Diagnostics;
using LogScalePaging.Transport.Errors;
using LogScalePaging.Transport.Http;
using LogScalePaging.Transport.Tokens;

namespace LogScalePaging.Falcon.SignIn;

/// <summary>
/// Tokens of Falcon's OAuth2 for a connection. All workers share one token, which is renewed before it expires, and once if it is
/// refused. It also finds the account's cloud and moves the connection there.
/// </summary>
internal sealed class FalconTokenSource : ISignallingTokenSource, IRevocableTokenSource, IHomeFinder, IDisposable, IAsyncDisposable
{
    internal const string TokenPath = "oauth2/token";
    private const string RevokePath = "oauth2/revoke";
    private const int MostMoves = 3;

    // Closing does not wait longer than this, because a token that is not revoked expires.
    private static readonly TimeSpan s_revokeLimit = TimeSpan.FromSeconds(3);

    private readonly FalconCredential _credential;
    private readonly ApiTransportOptions _options;
    private readonly IReadOnlyList<FalconCloud> _clouds;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly SignInEndpoints _endpoints;
    private Uri _url;
    private FalconToken? _current;
    private Uri? _home;
    private int _requests;
    private int _disposed;

    /// <summary>Creates a source. Nothing is sent yet. It owns the credential from now on.</summary>
    /// <param name="credential">The API client.</param>
    /// <param name="options">
    /// The options of the connection. Only scheme and host of its base URL are used, and its tokens are not used.
    /// </param>
    /// <param name="clouds">The clouds that may receive the secret and have the account; null for the known ones.</param>
    public FalconTokenSource(FalconCredential credential, ApiTransportOptions options, IReadOnlyList<FalconCloud>? clouds = null)
    {
        _credential = credential ?? throw new ArgumentNullException(nameof(credential));
        _options = options ?? throw new ArgumentNullException(nameof(options));
        _clouds = clouds ?? FalconCloud.All;
        _endpoints = new SignInEndpoints(options);
        _url = _endpoints.At(options.BaseUrl).BaseUrl;
    }

    private FalconTokenSource(FalconTokenSource other, FalconCredential credential)
    {
        (_credential, _options, _clouds, _endpoints) = (credential, other._options, other._clouds, other._endpoints.Share());
        (_url, _home) = (Volatile.Read(ref other._url), other.Home);
    }

    /// <summary>Id of the API client.</summary>
    public string ClientId => _credential.ClientId;

    /// <summary>CID of the child tenant that the client searches; null for its own tenant.</summary>
    public string? MemberCid => _credential.MemberCid;

    /// <summary>Name of the current cloud, if it is known; null for any other address.</summary>
    public string? Cloud => _clouds.FirstOrDefault(cloud => SameHost(cloud.Url, Volatile.Read(ref _url)))?.Name;

    /// <inheritdoc/>
    public Uri? Home => Volatile.Read(ref _home);

    /// <summary>How many tokens were issued so far.</summary>
    public int Issued => Volatile.Read(ref _requests);

    /// <summary>The options with these tokens.</summary>
    public static ApiTransportOptions Use(ApiTransportOptions options, FalconCredential credential,
        IReadOnlyList<FalconCloud>? clouds = null) =>
        options with { Tokens = new FalconTokenSource(credential, options, clouds) };

    /// <summary>
    /// Tokens of the same API client for another tenant. Both share the token endpoint and its rate limit. Each has its own token and must
    /// be disposed.
    /// </summary>
    /// <param name="memberCid">CID of the child tenant; null for the client's own tenant.</param>
    /// <exception cref="ArgumentException">The CID is not valid.</exception>
    /// <exception cref="ObjectDisposedException">This source is closed.</exception>
    public FalconTokenSource For(string? memberCid)
    {
        var credential = _credential.For(memberCid);
        try
        {
            return new FalconTokenSource(this, credential);
        }
        catch
        {
            credential.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask<string> GetAsync(CancellationToken cancellationToken) => GetAsync(_options.Signals, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> RefusedAsync(string token, CancellationToken cancellationToken) =>
        RefusedAsync(token, _options.Signals, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<string> GetAsync(SignalLog signals, CancellationToken cancellationToken) =>
        Volatile.Read(ref _current) is { } current && !current.IsDue(_options.Time)
            ? new(current.Text)
            : RenewAsync(signals, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> RefusedAsync(string token, SignalLog signals, CancellationToken cancellationToken)
    {
        // If another worker has renewed it since, that token is tried and kept.
        if (Volatile.Read(ref _current) is { } current && current.Text == token)
            Interlocked.CompareExchange(ref _current, null, current);
        return new(true);
    }

    /// <summary>Revokes the token.</summary>
    /// <returns>False if there was none, or if the gateway did not revoke it. It then expires within half an hour.</returns>
    public async Task<bool> RevokeAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _current, null) is not { } token)
            return false;
        var basic = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{_credential.ClientId}:{_credential.Reveal()}"));
        try
        {
            return await _endpoints.At(Volatile.Read(ref _url)).SendAsync(
                SignInEndpoints.Form(RevokePath, [("token", token.Text)], token.Text, basic) with
                {
                    Authorization = $"Basic {basic}",
                    Retry = false
                },
                static (_, _) => Task.FromResult(true), _options.Signals, cancellationToken).ConfigureAwait(false);
        }
        catch (ApiException)
        {
            return false;
        }
    }

    /// <summary>Revokes the token, for at most 3 s, and wipes the secret.</summary>
    public void Dispose() => Task.Run(async () => await DisposeAsync().ConfigureAwait(false)).GetAwaiter().GetResult();

    /// <inheritdoc cref="Dispose"/>
    public async ValueTask DisposeAsync() => await EndAsync().ConfigureAwait(false);

    /// <inheritdoc/>
    public async Task<bool> EndAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return false;
        try
        {
            using var limit = new CancellationTokenSource(s_revokeLimit);
            return await RevokeAsync(limit.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            // It was too slow, or the connection was closed: see RevokeAsync.
            return false;
        }
        finally
        {
            _endpoints.Release();
            _credential.Dispose();
        }
    }

    private async ValueTask<string> RenewAsync(SignalLog signals, CancellationToken cancellationToken)
    {
        // While the old token is valid, one worker renews it, and the others use it.
        if (Alive() is not { } old)
            await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        else if (!_gate.Wait(0, CancellationToken.None))
            return old.Text;
        try
        {
            if (Volatile.Read(ref _current) is { } fresh && !fresh.IsDue(_options.Time))
                return fresh.Text;
            if (Alive() is not null && await TryEarlyAsync(signals, cancellationToken).ConfigureAwait(false) is { } early)
                return early;
            var token = await RequestAsync(signals, isEarly: false, cancellationToken).ConfigureAwait(false);
            Volatile.Write(ref _current, token);
            return token.Text;
        }
        finally
        {
            _gate.Release();
        }
    }

    // Tries once to renew a token that is still valid. Returns null if this failed and the old token has expired meanwhile. A normal
    // renewal with retries then follows.
    private async Task<string?> TryEarlyAsync(SignalLog signals, CancellationToken cancellationToken)
    {
        try
        {
            var token = await RequestAsync(signals, isEarly: true, cancellationToken).ConfigureAwait(false);
            Volatile.Write(ref _current, token);
            return token.Text;
        }
        catch (ApiException failure) when (failure.IsTransient)
        {
            var alive = Alive();
            alive?.PutOff(_options.Time);
            return alive?.Text;
        }
    }

    private FalconToken? Alive() => Volatile.Read(ref _current) is { } current && current.IsAlive(_options.Time) ? current : null;

    private async Task<FalconToken> RequestAsync(SignalLog signals, bool isEarly, CancellationToken cancellationToken)
    {
        for (var moves = 0; ; moves++)
        {
            var gateway = _endpoints.At(Volatile.Read(ref _url));
            var secret = _credential.Reveal();
            // If an early renewal fails, the next request tries it again. No request waits for its retries.
            var request = SignInEndpoints.Form(TokenPath, Fields(secret), secret) with { Retry = !isEarly };
            try
            {
                var (token, region) = await gateway.SendAsync(
                    request,
                    async (answer,
                        stop) => (await FalconToken.ReadAsync(answer, MemberCid, _options.Secrets, answer.Sent, stop).ConfigureAwait(false),
                            answer.Region),
                    signals, cancellationToken).ConfigureAwait(false);
                // The secret is registered before any text can show it.
                _options.Secrets.Keep(token.Text);
                var moved = MoveHome(region) || moves > 0;
                if (Interlocked.Increment(ref _requests) > 1 || moved)
                    signals.Verbose(SignalKind.TokenRefreshed, "A new access token is valid for "
                        + $"{FailureFactory.Seconds(token.Life)}{(moved ? $"; the account is in the "
                        + $"cloud {Volatile.Read(ref _url).GetLeftPart(UriPartial.Authority)}" : "")}");
                return token;
            }
            catch (ApiException failure)
                when (moves < MostMoves && failure is { Kind: ApiErrorKind.Redirected, RedirectedTo: { } to } && IsCloud(to))
            {
                MoveTo(to);
            }
            catch (ApiException failure)
                when (FalconSignInException.From(failure, gateway.BaseUrl.Host, _credential.MemberCid) is { } problem)
            {
                throw problem;
            }
        }
    }

    private (string Name, string Value)[] Fields(string secret) => _credential.MemberCid is { } cid
        ? [("client_id", _credential.ClientId), ("client_secret", secret), ("member_cid", cid)]
        : [("client_id", _credential.ClientId), ("client_secret", secret)];

    private bool MoveHome(string? region)
    {
        // The user chose a gateway that is not a known cloud (a simulator, a relay). The connection stays there.
        if (region is null || !IsCloud(_url) || FalconCloud.Find(region, _clouds) is not { } cloud || SameHost(cloud.Url, _url))
            return false;
        MoveTo(cloud.Url);
        return true;
    }

    private void MoveTo(Uri url)
    {
        var home = _endpoints.At(url).BaseUrl;
        Volatile.Write(ref _url, home);
        Volatile.Write(ref _home, home);
    }

    private bool IsCloud(Uri url) => _clouds.Any(cloud => SameHost(cloud.Url, url));

    private static bool SameHost(Uri a, Uri b) =>
        Uri.Compare(a, b, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0;
}
