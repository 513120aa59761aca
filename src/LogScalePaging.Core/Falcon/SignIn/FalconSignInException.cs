using LogScalePaging.Common;
using LogScalePaging.Transport.Errors;

namespace LogScalePaging.Falcon.SignIn;

/// <summary>Falcon did not issue a token, and a retry would not help.</summary>
internal sealed class FalconSignInException : ApiException
{
    /// <summary>Creates an exception that says what to do.</summary>
    public FalconSignInException(FalconSignInProblem problem, ApiErrorKind kind, string message, Exception? inner = null)
        : base(kind, message, inner) => Problem = problem;

    /// <summary>What the problem is.</summary>
    public FalconSignInProblem Problem { get; }

    /// <inheritdoc/>
    public override bool IsSignIn => true;

    /// <summary>The exception for a failed token request; null if the failure is not about the sign-in and stays unchanged.</summary>
    internal static FalconSignInException? From(ApiException failure, string host, string? memberCid)
    {
        var said = failure.Said is { } text ? $" It says: {Printable.Line(text)}" : "";
        return (failure.Status, failure.Kind) switch
        {
            (400 or 401 or 403, _) when memberCid is not null && (failure.Status != 401 || said.Contains("cid")) => Make(
                FalconSignInProblem.MemberCid,
                $"{host} issued no token for the member CID {memberCid} ({failure.Status}). Check that it is a child of the account of "
                    + $"the API client. Then check the client id, the secret and the cloud.{said}"),
            (400 or 401 or 403, _) => Make(
                FalconSignInProblem.Credentials,
                $"{host} issued no token ({failure.Status}): the client id or the secret is wrong, or they belong to another cloud. "
                    + $"Check all three, and check that this machine's address is allowed.{said}"),
            (_, ApiErrorKind.Redirected) => Make(
                FalconSignInProblem.UnknownCloud,
                $"{host} redirects the sign-in to {failure.RedirectedTo?.GetLeftPart(UriPartial.Authority) ?? "no address"}, which is "
                    + "not a known Falcon cloud. The secret was not sent there. If that address is correct, use it as the base URL."),
            (_, ApiErrorKind.NotFound or ApiErrorKind.NotTheApi) => Make(
                FalconSignInProblem.NotFalcon,
                $"{host} is not a Falcon gateway, or a proxy is in front of it: oauth2/token was not found. Check the cloud's name or "
                    + $"the base URL.{said}"),
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
