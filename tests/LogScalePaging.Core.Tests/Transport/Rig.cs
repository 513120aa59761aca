using System.Security;
using System.Text;
using LogScalePaging.Core.Tests.Support;
using LogScalePaging.Diagnostics;
using LogScalePaging.Support;
using LogScalePaging.Transport;
using LogScalePaging.Transport.Errors;
using LogScalePaging.Transport.Http;
using LogScalePaging.Transport.Tokens;

namespace LogScalePaging.Core.Tests.Transport;

/// <summary>A transport on a scripted server, with a clock that skips waits, and all its signals.</summary>
internal sealed class Rig : IDisposable
{
    public const string Token = "tok-7f3a9c0d1e2b";

    /// <summary>Longer than anything here takes: a test that hangs fails instead.</summary>
    public static readonly TimeSpan Guard = TimeSpan.FromSeconds(30);

    private readonly List<PagingSignal> _signals = [];

    public Rig(ScriptedServer server, Func<ApiTransportOptions, ApiTransportOptions>? change = null, bool skipWaits = true)
    {
        Server = server;
        Time = new ManualTimeProvider { SkipUpTo = skipWaits ? TimeSpan.FromMinutes(6) : null };
        var log = new SignalLog(Time);
        log.Emitted += signal =>
        {
            lock (_signals)
                _signals.Add(signal);
        };
        var options = new ApiTransportOptions
        {
            BaseUrl = server.Url,
            Tokens = new StaticTokenSource(Secret(Token)),
            // Longer than any wait that the clock skips.
            Timeout = TimeSpan.FromHours(1),
            Time = Time,
            Signals = log,
        };
        Transport = new ApiTransport(change?.Invoke(options) ?? options);
    }

    public Rig(params Reply[] script) : this(new ScriptedServer(script)) { }

    public ScriptedServer Server { get; }

    public ManualTimeProvider Time { get; }

    public ApiTransport Transport { get; }

    public IReadOnlyList<PagingSignal> Signals
    {
        get
        {
            lock (_signals)
                return [.. _signals];
        }
    }

    public static SecureString Secret(string text)
    {
        var secret = new SecureString();
        foreach (var c in text)
            secret.AppendChar(c);
        return secret;
    }

    public static async Task<string> ReadAllAsync(ApiResponse answer, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(answer.Body, Encoding.UTF8);
        return await reader.ReadToEndAsync(cancellationToken);
    }

    public Task<string> GetAsync(string path = "api/things", CancellationToken cancellationToken = default) =>
        SendAsync(new ApiRequest(HttpMethod.Get, path), cancellationToken);

    public Task<string> PostAsync(string body, Func<ApiException, CancellationToken, Task<bool>>? mayRepeat = null) =>
        SendAsync(new ApiRequest(HttpMethod.Post, "api/things") { Body = Encoding.UTF8.GetBytes(body), MayRepeat = mayRepeat });

    public Task<string> SendAsync(ApiRequest request, CancellationToken cancellationToken = default) =>
        Transport.SendAsync(request, ReadAllAsync, cancellationToken).WaitAsync(Guard, CancellationToken.None);

    public Task<ApiException> FailAsync(string path = "api/things") => FailAsync(new ApiRequest(HttpMethod.Get, path));

    public Task<ApiException> FailAsync(ApiRequest request) => Assert.ThrowsAsync<ApiException>(() => SendAsync(request));

    public void Dispose()
    {
        Transport.Dispose();
        Server.Dispose();
        SecretWatch.AssertNone();
    }
}
