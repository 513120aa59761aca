using System.Text.Json;
using LogScalePaging.Json;
using LogScalePaging.Transport.Errors;
using LogScalePaging.Transport.Http;
using LogScalePaging.Transport.Secrets;

namespace LogScalePaging.Falcon.SignIn;

/// <summary>
/// A token and the time of its renewal. Its age is measured by two clocks: the monotonic clock stops while a laptop sleeps, and the
/// system clock can be changed.
/// </summary>
internal sealed class FalconToken
{
    // The published clients renew with four of thirty minutes left. For a shorter life, a tenth of it is left.
    private static readonly TimeSpan s_margin = TimeSpan.FromSeconds(240);
    private static readonly TimeSpan s_usualLife = TimeSpan.FromSeconds(1799);
    private readonly long _timestamp;
    private readonly DateTimeOffset _moment;
    private TimeSpan _renewAt;

    private FalconToken(string text, TimeSpan life, long timestamp, DateTimeOffset moment)
    {
        (Text, Life, _timestamp, _moment) = (text, life, timestamp, moment);
        _renewAt = life - (life > s_margin + s_margin ? s_margin : TimeSpan.FromTicks(life.Ticks / 10));
    }

    public string Text { get; }

    /// <summary>Its lifetime, counted from the sending of the successful request.</summary>
    public TimeSpan Life { get; }

    public bool IsAlive(TimeProvider time) => Age(time) < Life;

    public bool IsDue(TimeProvider time) => Age(time) >= _renewAt;

    /// <summary>Delays the renewal by half of the remaining time, but at most ten seconds.</summary>
    public void PutOff(TimeProvider time)
    {
        var age = Age(time);
        var half = TimeSpan.FromTicks((Life - age).Ticks / 2);
        _renewAt = age + (half < TimeSpan.FromSeconds(10) ? half : TimeSpan.FromSeconds(10));
    }

    /// <summary>Reads the answer of the token endpoint.</summary>
    /// <exception cref="ApiException">
    /// It has no token. The message never shows the answer, because it may have a token in another place.
    /// </exception>
    /// <param name="answer">The answer.</param>
    /// <param name="memberCid">The requested child tenant; null for the client's own tenant.</param>
    /// <param name="secrets">Cleans texts.</param>
    /// <param name="sent">When the request was sent.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<FalconToken> ReadAsync(
        ApiResponse answer, string? memberCid, SecretCleaner secrets, (long Timestamp, DateTimeOffset Moment) sent,
        CancellationToken cancellationToken)
    {
        try
        {
            using var document = await AnswerJson.ParseAsync(answer.Body, cancellationToken).ConfigureAwait(false);
            var root = document.RootElement;
            if (AnswerJson.Text(root, "access_token") is { Length: > 0 } text && SecretText.IsHeaderSafe(text))
            {
                secrets.Keep(text);
                EnsureTenant(root, text, memberCid, answer);
                var life = AnswerJson.Member(root, "expires_in") is { ValueKind: JsonValueKind.Number } seconds
                    && seconds.TryGetDouble(out var value) && value is > 0 and < 1e6
                    ? TimeSpan.FromSeconds(value)
                    : s_usualLife;
                return new FalconToken(text, life, sent.Timestamp, sent.Moment);
            }
            throw Refused(root, answer, secrets) ?? Unreadable(answer, "it has no access_token");
        }
        catch (JsonException e) when (e is not AnswerLimitException)
        {
            throw Unreadable(answer, "it is not JSON");
        }
    }

    // No public source says that an answer or a token names its tenant. If it does, it must be the requested one.
    private static void EnsureTenant(JsonElement root, string token, string? memberCid, ApiResponse answer)
    {
        if (memberCid is null || MemberCids.Recognise(memberCid) is not { } wanted || TokenTenant.Find(root, token) is not { } named
            || named == wanted)
            return;
        throw new FalconSignInException(FalconSignInProblem.MemberCid, ApiErrorKind.InvalidAnswer,
            $"The sign-in for the member CID {wanted} was "
            + $"answered with a token for the tenant {named}. The token was not used. Check that the member CID is a child of the account "
            + "of the API client.")
        { Status = answer.Status, TraceId = answer.TraceId, Method = "POST", Path = FalconTokenSource.TokenPath, IsPermanent = true };
    }

    private TimeSpan Age(TimeProvider time)
    {
        var (steady, told) = (time.GetElapsedTime(_timestamp), time.GetUtcNow() - _moment);
        return steady > told ? steady : told;
    }

    // The gateway can send a refusal with status 200.
    private static ApiException? Refused(JsonElement root, ApiResponse answer, SecretCleaner secrets)
    {
        if (AnswerJson.Member(root, "errors") is not { ValueKind: JsonValueKind.Array } errors || errors.GetArrayLength() == 0)
            return null;
        var code = AnswerJson.Member(errors[0], "code") is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var value)
            ? value
            : 0;
        var failures = new FailureFactory(HttpMethod.Post, FalconTokenSource.TokenPath, new Uri("https://localhost/"),
            secrets)
        { TraceId = answer.TraceId };
        return failures.Status(code is >= 400 and < 600 ? code : 403, root.GetRawText(), null);
    }

    private static ApiException Unreadable(ApiResponse answer, string why) =>
        new(ApiErrorKind.InvalidAnswer, "The answer to the sign-in is not valid: "
            + $"{why}.")
        { Status = answer.Status, TraceId = answer.TraceId, Method = "POST", Path = FalconTokenSource.TokenPath };
}
