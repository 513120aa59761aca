using System.Globalization;
using LogScalePaging.Core.Tests.Support;
using LogScalePaging.Core.Tests.Transport;
using LogScalePaging.Falcon.SignIn;
using LogScalePaging.Transport.Http;

namespace LogScalePaging.Core.Tests.Falcon;

/// <summary>A gateway that issues numbered tokens, and accepts only the last one.</summary>
internal sealed class FalconRig : IDisposable
{
    public const string Secret = "s3cr&t/+=Value9";

    public FalconRig(int life = 1799, string? memberCid = null, IReadOnlyList<FalconCloud>? clouds = null,
        Func<ApiTransportOptions, ApiTransportOptions>? change = null, bool skipWaits = false)
    {
        Server = new ScriptedServer { Otherwise = Replies.Json("\"data\"") };
        Life = life;
        Server.Route = request => Sign?.Invoke(request) ?? Issue(request);
        Rig = new Rig(
            Server,
            o =>
            {
                var changed = (change?.Invoke(o) ?? o) with { BaseUrl = new Uri(Server.Url, "humio") };
                Tokens = new FalconTokenSource(new FalconCredential("client-7", Transport.Rig.Secret(Secret), memberCid), changed, clouds);
                return changed with { Tokens = Tokens };
            },
            skipWaits);
    }

    public ScriptedServer Server { get; }

    public Rig Rig { get; }

    public FalconTokenSource Tokens { get; private set; } = null!;

    public int Life { get; set; }

    /// <summary>The replies to sign-ins that are not the usual one; null for the usual one.</summary>
    public Func<ReceivedRequest, Reply?>? Sign { get; set; }

    public IEnumerable<ReceivedRequest> SignIns => Server.Requests.Where(r => r.Target == "/oauth2/token");

    public IEnumerable<ReceivedRequest> Data => Server.Requests.Where(r => r.Target.StartsWith("/humio/", StringComparison.Ordinal));

    /// <summary>The number of the last token; tokens before it are refused.</summary>
    public int Number { get; private set; }

    public void Expire() => Number++;

    public void Dispose()
    {
        Rig.Dispose();
        Server.Dispose();
    }

    public static Reply Token(string token, int life, params string[] headers) =>
        Replies.Answer(201,
            $$"""{"access_token":"{{token}}","expires_in":{{life.ToString(CultureInfo.InvariantCulture)}},"token_type":"bearer"}""",
            ["Content-Type: application/json", .. headers]);

    private Reply? Issue(ReceivedRequest request)
    {
        if (request.Target == "/oauth2/token")
            return Token($"falcon-token-{++Number}", Life);
        return request.Target.StartsWith("/humio/", StringComparison.Ordinal) && request.Authorization != $"Bearer falcon-token-{Number}"
            ? Replies.Text(401, "access denied, invalid bearer token")
            : null;
    }
}
