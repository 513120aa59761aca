using LogScalePaging.Transport;

namespace LogScalePaging.Falcon;

/// <summary>Falcon did not issue a token, and repeating would not help.</summary>
public sealed class FalconSignInException : ApiException
{
    /// <summary>Makes an exception that says what to do about it.</summary>
    public FalconSignInException(FalconSignInProblem problem, ApiErrorKind kind, string message, Exception? inner = null)
        : base(kind, message, inner) => Problem = problem;

    /// <summary>What the problem is.</summary>
    public FalconSignInProblem Problem { get; }

    /// <summary>The exception for a failed token request; null when the failure is not about signing in and stays what it is.</summary>
    internal static FalconSignInException? From(ApiException failure, string host, string? memberCid)
    {
        var said = failure.Said is { } text ? $" It says: {Printable.Line(text)}" : "";
        return (failure.Status, failure.Kind) switch
        {
            (400 or 401 or 403, _) when memberCid is not null && (failure.Status != 401 || said.Contains("cid")) => Make(
                FalconSignInProblem.MemberCid,
                $"{host} issued no token for the member CID {memberCid} ({failure.Status}). Check that it is a child of the account that the API client belongs to; then check the client id, the secret and the cloud.{said}"),
            (400 or 401 or 403, _) => Make(
                FalconSignInProblem.Credentials,
                $"{host} issued no token ({failure.Status}): the client id or the secret is wrong, or they belong to another cloud. Check all three, and that this machine's address is allowed.{said}"),
            (_, ApiErrorKind.Redirected) => Make(
                FalconSignInProblem.UnknownCloud,
                $"{host} sends the sign-in on to {failure.RedirectedTo?.GetLeftPart(UriPartial.Authority) ?? "nowhere"}, which is no Falcon cloud that is known here. The secret was not sent there. If that address is right, name it as the base URL."),
            (_, ApiErrorKind.NotFound or ApiErrorKind.NotTheApi) => Make(
                FalconSignInProblem.NotFalcon,
                $"{host} is no Falcon gateway, or a proxy stands before it: there is no sign-in at oauth2/token. Check the cloud's name or the base URL.{said}"),
            _ => null,
        };

        FalconSignInException Make(FalconSignInProblem problem, string message) => new(problem, failure.Kind, message, failure)
        {
            Status = failure.Status,
            Method = failure.Method,
            Path = failure.Path,
            TraceId = failure.TraceId,
            Body = failure.Body,
            RedirectedTo = failure.RedirectedTo,
            IsPermanent = true,
        };
    }
}
