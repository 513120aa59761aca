using LogScalePaging.Common;
using LogScalePaging.LogScale.Queries;

namespace LogScalePaging;

/// <summary>What a user of PowerShell can do about an error, beyond what the message of the engine says.</summary>
internal static class ErrorAdvice
{
    /// <summary>The advice, with the trace id of the server if there is one; null for none.</summary>
    /// <param name="failure">The failure.</param>
    /// <param name="id">Its id.</param>
    /// <param name="system">The system that was searched.</param>
    public static string? Of(Exception failure, string id, ConnectableSystem system) =>
        WithTrace(failure, FalconErrors.Advice(failure, id, system) ?? Of(id, failure, system));

    /// <summary>An advice, with the trace id of the server if there is one.</summary>
    public static string? WithTrace(Exception failure, string? advice)
    {
        if (ErrorRecords.Api(failure)?.TraceId is not { } trace)
            return advice;
        return (advice is null ? "" : advice + " ") + $"Trace id for the server's support: {Printable.Line(trace)}";
    }

    private static string? Of(string id, Exception failure, ConnectableSystem system) => id switch
    {
        "BadRequest" => system.Correction,
        // GraphQL refuses a query in an answer with status 200.
        "UnexpectedStatus" when ErrorRecords.Api(failure) is { Status: null } => system.Correction,
        "Unauthorized" when ErrorRecords.Api(failure) is { } api && FalconErrors.IsGateway(api) =>
            "Connect-Falcon -Credential (Get-Credential)",
        "Unauthorized" or "Forbidden" when system.Name != SearchSpec.SystemName => system.Example,
        "Unauthorized" => "Connect-LogScale -BaseUrl … -Repository … -Token (Read-Host -AsSecureString)",
        "NotTheApi" => "Sign in to the proxy, or use another one with -Proxy and -ProxyCredential. If there is no proxy, correct -BaseUrl.",
        "ProxyCredentialNeeded" => "Connect again with -Proxy http://proxy.example.com:8080 -ProxyCredential (Get-Credential).",
        "ProxyRefused" => "Ask the administrator of the proxy to allow the host and port, or use another proxy with -Proxy.",
        "CertificateUntrusted" or "TlsFailed" => "Connect again with -CaBundle company-ca.pem.",
        "CertificateExpired" => "Check this machine's clock. If it is right, the owner of the server must renew the certificate.",
        "CertificateNameMismatch" => "Use the server name of the certificate in -BaseUrl.",
        "UnencryptedAuthentication" => "Connect again with -BaseUrl https://…",
        "ServerGone" => "Wait until the server answers, then run the command again.",
        "NotConnected" when failure is NotConnectedException disconnected => disconnected.Example,
        "NotConnected" => system.Example,
        "QueryJobLost" => "Create the job again with New-QueryJob. A static job expires 90 s after its last poll. Keep it alive with "
            + "Send-QueryJobHeartbeat.",
        _ => null,
    };
}
