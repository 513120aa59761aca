using System.Net.Sockets;
using System.Security.Authentication;
using System.Text.RegularExpressions;
using LogScalePaging.Common;
using LogScalePaging.Transport.Errors;
using LogScalePaging.Transport.Tls;
#if !NET8_0_OR_GREATER
using System.Net;
#endif

namespace LogScalePaging.Transport.Http;

/// <summary>Finds out from an exception of the HTTP stack how far a request got. Each runtime reports this in its own way.</summary>
internal static class ConnectionFailure
{
    private static readonly Regex s_userInformation = new(@"://[^\s/]*@", RegexOptions.CultureInvariant);

    /// <summary>Makes the exception for a request without an answer.</summary>
    public static ApiException Translate(HttpRequestException exception, FailureFactory failures, CertificateTrust? trust)
    {
        var kind = KindOf(exception);
        if (kind == ApiErrorKind.TlsFailed)
            return Tls(exception, failures, trust);
        if (IsProxyRefusal(exception))
            return Proxy(exception, failures);
        var socket = Find<SocketException>(exception);
        return failures.Head(kind,
            kind == ApiErrorKind.ConnectionFailed ? Reason(socket, exception) : Printable.Line(Innermost(exception).Message), exception);
    }

    private static ApiException Proxy(Exception exception, FailureFactory failures)
    {
        // The runtime's message shows the proxy with the user name and password of HTTPS_PROXY.
        var said = s_userInformation.Replace(Printable.Line(Innermost(exception).Message), "://");
        return AsksForCredentials(said)
            ? failures.Proxy(NetworkProblem.ProxyCredentials, failures.ProxyAsks, exception)
            : failures.Proxy(NetworkProblem.ProxyRefused, $"The proxy refuses to connect to {failures.BaseUrl.Host}: {said} Ask its "
                + $"administrator to allow {failures.BaseUrl.Host}:{failures.BaseUrl.Port}, or use another proxy with -Proxy "
                + "(--proxy).", exception);
    }

    /// <summary>
    /// Finds the status in the runtime's message, because it is nowhere else: '407' on .NET, (407) on .NET Framework. The message of .NET
    /// also holds the proxy's address, whose port may contain these digits.
    /// </summary>
    internal static bool AsksForCredentials(string said) => said.Contains("'407'") || said.Contains("(407)");

    private static string Reason(SocketException? socket, Exception exception) => socket?.SocketErrorCode switch
    {
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => "the name is not known.",
        SocketError.ConnectionRefused => "the connection was refused. No program listens on that port, or a firewall blocks it.",
        SocketError.TimedOut => "the host did not answer.",
        SocketError.HostUnreachable or SocketError.NetworkUnreachable or SocketError.NetworkDown => "there is no route to the host.",
        _ => Printable.Line(Innermost(exception).Message),
    };

    private static ApiException Tls(Exception exception, FailureFactory failures, CertificateTrust? trust)
    {
        var refused = Find<AuthenticationException>(exception)?.Message;
        // The runtime's message names the problem (UntrustedRoot, RemoteCertificateNameMismatch, NotTimeValid …), unless a callback
        // checked the certificate.
        var words = refused is null ? "" : refused + " " + trust?.LastProblem;
        bool Says(string word) => words.Contains(word);
        if (Says("RemoteCertificateNameMismatch"))
            return failures.Head(ApiErrorKind.TlsFailed,
                "the server's certificate is for another name (RemoteCertificateNameMismatch). Check the host in the base URL.", exception,
                isPermanent: true, NetworkProblem.CertificateName);
        if (Says("NotTimeValid"))
            return failures.Head(ApiErrorKind.TlsFailed, "the server's certificate is expired or not valid yet (NotTimeValid). Check "
                + "this machine's clock. If it is right, the server's owner must renew the "
                + "certificate.", exception, isPermanent: true, NetworkProblem.CertificateExpired);
        if (Says("UntrustedRoot") || Says("PartialChain") || Says("certificate is invalid") || Says("certificate was rejected")
            || Says("RemoteCertificate"))
            return failures.Head(ApiErrorKind.TlsFailed, "the server's certificate is not trusted here "
                + $"({Printable.Line(trust?.LastProblem ?? refused!).TrimEnd('.')}). If a proxy or a private authority signs it, add "
                + "its certificates with -CaBundle (--ca-bundle).", exception, isPermanent: true, NetworkProblem.CertificateUntrusted);
        return failures.Head(ApiErrorKind.TlsFailed, $"{Printable.Line(Innermost(exception).Message)} Check that the port uses TLS "
            + "(https), and that no proxy or firewall interrupts it.", exception);
    }

    private static Exception Innermost(Exception exception)
    {
        while (exception.InnerException is { } inner)
            exception = inner;
        return exception;
    }

    private static T? Find<T>(Exception? exception) where T : Exception
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            if (exception is T found)
                return found;
        }
        return null;
    }

#if NET8_0_OR_GREATER
    private static ApiErrorKind KindOf(HttpRequestException exception) => exception.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError
            or HttpRequestError.ProxyTunnelError => ApiErrorKind.ConnectionFailed,
        HttpRequestError.SecureConnectionError => ApiErrorKind.TlsFailed,
        _ => Find<AuthenticationException>(exception) is null ? ApiErrorKind.ConnectionLost : ApiErrorKind.TlsFailed,
    };

    private static bool IsProxyRefusal(HttpRequestException exception) => exception.HttpRequestError == HttpRequestError.ProxyTunnelError;
#else
    private static ApiErrorKind KindOf(HttpRequestException exception) => Find<WebException>(exception)?.Status switch
    {
        WebExceptionStatus.NameResolutionFailure or WebExceptionStatus.ProxyNameResolutionFailure or WebExceptionStatus.ConnectFailure
            or WebExceptionStatus.RequestProhibitedByProxy => ApiErrorKind.ConnectionFailed,
        WebExceptionStatus.TrustFailure or WebExceptionStatus.SecureChannelFailure => ApiErrorKind.TlsFailed,
        _ when Find<AuthenticationException>(exception) is not null => ApiErrorKind.TlsFailed,
        // These errors occur only while connecting.
        _ when Find<SocketException>(exception)?.SocketErrorCode is SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain
            or SocketError.ConnectionRefused or SocketError.HostUnreachable or SocketError.NetworkUnreachable =>
                ApiErrorKind.ConnectionFailed,
        _ => ApiErrorKind.ConnectionLost,
    };

    private static bool IsProxyRefusal(HttpRequestException exception) =>
        Find<WebException>(exception)?.Status == WebExceptionStatus.RequestProhibitedByProxy;
#endif
}
