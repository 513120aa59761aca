using System.Management.Automation;
using LogScalePaging.Falcon.Rest.Endpoints;
using LogScalePaging.Falcon.SignIn;
using LogScalePaging.Transport.Errors;

namespace LogScalePaging;

/// <summary>The errors of Falcon: its sign-in, its scopes, and the gateway to NG-SIEM.</summary>
internal static class FalconErrors
{
    /// <summary>Id of a request that needs a scope that the API client does not have.</summary>
    public const string ScopeMissing = "FalconScopeMissing";

    private const string CredentialRefused = "FalconCredentialRefused";
    private const string MemberCidRefused = "FalconMemberCidRefused";
    private const string CloudUnknown = "FalconCloudUnknown";
    private const string NotGateway = "NotFalconGateway";

    /// <summary>True for a request to LogScale behind Falcon's gateway.</summary>
    public static bool IsGateway(ApiException failure) => failure.Path?.StartsWith("humio/", StringComparison.Ordinal) == true;

    /// <summary>Id and category of a failed sign-in.</summary>
    public static (string Id, ErrorCategory Category) Of(FalconSignInException failure) => failure.Problem switch
    {
        FalconSignInProblem.Credentials => (CredentialRefused, ErrorCategory.AuthenticationError),
        FalconSignInProblem.MemberCid => (MemberCidRefused, ErrorCategory.AuthenticationError),
        FalconSignInProblem.UnknownCloud => (CloudUnknown, ErrorCategory.ConnectionError),
        // A proxy may show a web page instead of the sign-in answer too.
        FalconSignInProblem.NotFalcon when failure.Kind == ApiErrorKind.NotTheApi => ErrorKinds.Of(failure.Kind),
        FalconSignInProblem.NotFalcon => (NotGateway, ErrorCategory.ConnectionError),
        _ => ("Unexpected", ErrorCategory.NotSpecified),
    };

    /// <summary>What to do about an error of Falcon; null for other errors.</summary>
    /// <param name="failure">The failure.</param>
    /// <param name="id">Its id.</param>
    /// <param name="system">The system that was searched.</param>
    public static string? Advice(Exception failure, string id, ConnectableSystem system) => id switch
    {
        CredentialRefused => "Connect-Falcon -Credential (Get-Credential) -Cloud autodiscover",
        MemberCidRefused => "Connect-Falcon … -MemberCid: the CID of a child tenant, as the console shows it. Omit it for the "
            + "client's own tenant.",
        CloudUnknown => "Connect-Falcon … -BaseUrl: the address in the message, if it is correct.",
        ScopeMissing when system.Name == FalconRequest.SystemName => "In the Falcon console, Support and resources, API clients and "
            + "keys: give the client the read scope of this endpoint, then connect again.",
        ScopeMissing => "In the Falcon console, Support and resources, API clients and keys: give the client the scope NGSIEM "
            + "with read and write, then connect again.",
        NotGateway when failure.Message.StartsWith("The simulator", StringComparison.Ordinal) =>
            "Start-LogScaleSimulator -Gateway | Connect-Falcon",
        NotGateway => "Connect-Falcon -Cloud us-1 (or us-2, eu-1, …), or Connect-LogScale -BaseUrl … -Token … for your own "
            + "LogScale server.",
        _ => null,
    };
}
