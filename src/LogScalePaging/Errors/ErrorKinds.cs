using System.Management.Automation;
using System.Net.Sockets;
using System.Text.Json;
using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Slices;
using LogScalePaging.Falcon.SignIn;
using LogScalePaging.LogScale.Jobs;
using LogScalePaging.Paging;
using LogScalePaging.Paging.Positions;
using LogScalePaging.Transport.Errors;
using LogScalePaging.Transport.Http;

namespace LogScalePaging;

/// <summary>The error id and the category of each kind of failure. Scripts match on the ids, so they do not change.</summary>
internal static class ErrorKinds
{
    /// <summary>Id and category of a failure.</summary>
    public static (string Id, ErrorCategory Category) Describe(Exception failure) => failure switch
    {
        PagingException { Kind: PagingErrorKind.RequestFailed, InnerException: { } cause } => Describe(cause),
        PagingException paging => Of(paging.Kind),
        FalconSignInException signIn => FalconErrors.Of(signIn),
        ApiException { NetworkProblem: { } problem } => Of(problem),
        ApiException { IsCircuitOpen: true } => ("ServerGone", ErrorCategory.ConnectionError),
        ApiException { Kind: ApiErrorKind.Forbidden } api when FalconErrors.IsGateway(api) =>
            (FalconErrors.ScopeMissing, ErrorCategory.PermissionDenied),
        ApiException api => Of(api.Kind),
        SecretException secret => (secret.ErrorId, ErrorCategory.ResourceUnavailable),
        JobLostException { TimedOut: true } => ("QueryJobTimeout", ErrorCategory.OperationTimeout),
        JobLostException => ("QueryJobLost", ErrorCategory.ObjectNotFound),
        TryAgainException again => (ErrorRecords.TryAgain, Describe(again.InnerException!).Category),
        PlanException => ("PlanMismatch", ErrorCategory.InvalidData),
        CheckpointMismatchException => ("CheckpointMismatch", ErrorCategory.InvalidOperation),
        ExportException export => Of(export.Kind),
        UnencryptedAuthenticationException => ("UnencryptedAuthentication", ErrorCategory.SecurityError),
        NotConnectedException => ("NotConnected", ErrorCategory.ConnectionError),
        WrongSystemException => ("WrongSystem", ErrorCategory.InvalidArgument),
        SocketException => ("PortUnavailable", ErrorCategory.ResourceUnavailable),
        TimeoutException => ("QueryJobTimeout", ErrorCategory.OperationTimeout),
        ArgumentException or FormatException => ("InvalidArgument", ErrorCategory.InvalidArgument),
        JsonException => ("InvalidAnswer", ErrorCategory.InvalidData),
        UnauthorizedAccessException => ("OutputNotWritable", ErrorCategory.PermissionDenied),
        IOException => ("OutputFailed", ErrorCategory.WriteError),
        _ => ("Unexpected", ErrorCategory.NotSpecified),
    };

    /// <summary>Id and category of a failed request.</summary>
    public static (string Id, ErrorCategory Category) Of(ApiErrorKind kind) => kind switch
    {
        ApiErrorKind.BadRequest => ("BadRequest", ErrorCategory.InvalidArgument),
        ApiErrorKind.Unauthorized => ("Unauthorized", ErrorCategory.AuthenticationError),
        ApiErrorKind.Forbidden => ("Forbidden", ErrorCategory.PermissionDenied),
        ApiErrorKind.NotFound => ("NotFound", ErrorCategory.ObjectNotFound),
        ApiErrorKind.RateLimited => ("RateLimited", ErrorCategory.LimitsExceeded),
        ApiErrorKind.Unavailable => ("ServerUnavailable", ErrorCategory.ResourceUnavailable),
        ApiErrorKind.ServerError => ("ServerError", ErrorCategory.InvalidResult),
        ApiErrorKind.UnexpectedStatus => ("UnexpectedStatus", ErrorCategory.InvalidResult),
        ApiErrorKind.Redirected => ("Redirected", ErrorCategory.ConnectionError),
        ApiErrorKind.ConnectionFailed => ("ConnectionFailed", ErrorCategory.ConnectionError),
        ApiErrorKind.TlsFailed => ("TlsFailed", ErrorCategory.SecurityError),
        ApiErrorKind.ConnectionLost => ("ConnectionLost", ErrorCategory.ConnectionError),
        ApiErrorKind.Timeout => ("Timeout", ErrorCategory.OperationTimeout),
        ApiErrorKind.NotTheApi => ("NotTheApi", ErrorCategory.InvalidResult),
        ApiErrorKind.Closed => ("NotConnected", ErrorCategory.ConnectionError),
        ApiErrorKind.InvalidAnswer => ("InvalidAnswer", ErrorCategory.InvalidData),
        _ => ("Unexpected", ErrorCategory.NotSpecified),
    };

    private static (string, ErrorCategory) Of(NetworkProblem problem) => problem switch
    {
        NetworkProblem.CertificateExpired => ("CertificateExpired", ErrorCategory.SecurityError),
        NetworkProblem.CertificateName => ("CertificateNameMismatch", ErrorCategory.SecurityError),
        NetworkProblem.CertificateUntrusted => ("CertificateUntrusted", ErrorCategory.SecurityError),
        NetworkProblem.ProxyCredentials => ("ProxyCredentialNeeded", ErrorCategory.AuthenticationError),
        NetworkProblem.ProxyRefused => ("ProxyRefused", ErrorCategory.PermissionDenied),
        _ => ("Unexpected", ErrorCategory.NotSpecified),
    };

    private static (string, ErrorCategory) Of(PagingErrorKind kind) => kind switch
    {
        PagingErrorKind.RequestFailed => ("RequestFailed", ErrorCategory.InvalidResult),
        PagingErrorKind.PositionRepeated => ("PositionRepeated", ErrorCategory.InvalidResult),
        PagingErrorKind.TooManyEmptyPages => ("TooManyEmptyPages", ErrorCategory.InvalidResult),
        PagingErrorKind.FieldsMissing => ("FieldsMissing", ErrorCategory.InvalidOperation),
        PagingErrorKind.TooManyRestarts => ("TooManyRestarts", ErrorCategory.InvalidResult),
        PagingErrorKind.TooManyItems => ("TooManyItems", ErrorCategory.InvalidResult),
        PagingErrorKind.ItemsRepeated => ("ItemsRepeated", ErrorCategory.InvalidResult),
        PagingErrorKind.Bug => ("Bug", ErrorCategory.InvalidOperation),
        PagingErrorKind.OtherTenant => ("OtherTenant", ErrorCategory.SecurityError),
        PagingErrorKind.OtherRange => ("OtherRange", ErrorCategory.InvalidResult),
        _ => ("Unexpected", ErrorCategory.NotSpecified),
    };

    private static (string, ErrorCategory) Of(ExportErrorKind kind) => kind switch
    {
        ExportErrorKind.OutputExists => ("OutputExists", ErrorCategory.ResourceExists),
        ExportErrorKind.ResumableExists => ("ResumableExists", ErrorCategory.ResourceExists),
        ExportErrorKind.NothingToResume => ("NothingToResume", ErrorCategory.ObjectNotFound),
        ExportErrorKind.FolderMissing => ("FolderMissing", ErrorCategory.ObjectNotFound),
        ExportErrorKind.NotWritable => ("OutputNotWritable", ErrorCategory.PermissionDenied),
        ExportErrorKind.Locked => ("OutputLocked", ErrorCategory.ResourceBusy),
        ExportErrorKind.DiskFull => ("DiskFull", ErrorCategory.WriteError),
        ExportErrorKind.Damaged => ("OutputDamaged", ErrorCategory.InvalidData),
        ExportErrorKind.ManifestUnreadable => ("ManifestUnreadable", ErrorCategory.InvalidData),
        ExportErrorKind.WatermarkInFuture => ("WatermarkInFuture", ErrorCategory.InvalidData),
        ExportErrorKind.BadPath => ("BadPath", ErrorCategory.InvalidArgument),
        ExportErrorKind.Other => ("OutputFailed", ErrorCategory.WriteError),
        _ => ("Unexpected", ErrorCategory.NotSpecified),
    };
}
