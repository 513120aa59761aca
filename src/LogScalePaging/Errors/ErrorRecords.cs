using System.Management.Automation;
using System.Net.Sockets;
using System.Text.Json;
using LogScalePaging.Common;
using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Slices;
using LogScalePaging.Export.Verification;
using LogScalePaging.Falcon.Rest;
using LogScalePaging.Falcon.SignIn;
using LogScalePaging.LogScale.Jobs;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Paging;
using LogScalePaging.Paging.Positions;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Transport.Errors;
using LogScalePaging.Transport.Http;

namespace LogScalePaging;

/// <summary>
/// Turns exceptions of the engine into error records. All ids are defined here. Scripts match on them, so they do not change.
/// </summary>
internal static class ErrorRecords
{
    /// <summary>Id of a search that broke off after it had emitted events.</summary>
    public const string Incomplete = "QueryJobIncomplete";

    /// <summary>Id of an export that broke off after events were saved.</summary>
    public const string IncompleteExport = "QueryJobExportIncomplete";

    /// <summary>Id of a result that is not Complete although this was required.</summary>
    public const string NotComplete = "NotComplete";

    /// <summary>Id of an export whose files differ from its manifest.</summary>
    public const string NotValid = "ExportNotValid";

    /// <summary>Id of an export that is in place and whose manifest got no timestamp.</summary>
    public const string TimestampFailed = "TimestampFailed";

    /// <summary>Id of a slice that failed and may succeed in another try.</summary>
    public const string TryAgain = "TryAgain";

    /// <summary>False for exceptions of PowerShell itself: a stop, a break, an error of another cmdlet in the pipeline.</summary>
    public static bool IsFailure(Exception exception) => exception is not (RuntimeException or FlowControlException);

    /// <summary>True for an error that every other item of the command would have too: there is no connection that can be used.</summary>
    public static bool EndsCommand(ErrorRecord error) =>
        error.Exception is LogScalePagingException { ErrorId: "NotConnected" or "WrongSystem" };

    /// <summary>The error record for a failure.</summary>
    /// <param name="failure">The exception.</param>
    /// <param name="target">The target object, such as a job or a query.</param>
    /// <param name="inScript">
    /// Whether the command is in a script file. PowerShell 7 then shows the message on one line, and the mark under the query is lost.
    /// The recommended action keeps its lines.
    /// </param>
    /// <param name="system">The system that was searched, for the advice; null for a cmdlet that searches none.</param>
    public static ErrorRecord Of(Exception failure, object? target, bool inScript, ConnectableSystem? system = null)
    {
        var (id, category) = Describe(failure);
        if (id == "Forbidden" && system?.Name == FalconRequest.SystemName)
            id = "FalconScopeMissing";
        // The record has its own exception: types of the engine cannot be resolved by scripts, and its inner exceptions repeat the
        // message.
        var message = Message(failure);
        var record = new ErrorRecord(new LogScalePagingException(message, id, Api(failure)), id, category, target);
        var advice = Advice(failure, id, system ?? ConnectableSystem.Of(SearchSpec.SystemName));
        if (inScript && message.IndexOf('\n') is > 0 and var end && message.IndexOf('\n', end + 1) > 0)
            advice = $"{advice}\n\n{message.Substring(end + 1).TrimEnd()}\n";
        if (advice is not null)
            record.ErrorDetails = new ErrorDetails(message) { RecommendedAction = advice };
        return record;
    }

    /// <summary>The error record for a walk that broke off after events had been emitted.</summary>
    /// <param name="failure">The exception.</param>
    /// <param name="summary">What was received.</param>
    /// <param name="exportCmdlet">The cmdlet that exports from the same system.</param>
    public static ErrorRecord Broken(Exception failure, QueryJobSummary summary, string exportCmdlet)
    {
        var message = FormattableString.Invariant(
            $"The result is incomplete: the search broke off after {summary.Received:N0} records. {Message(failure)}");
        return new ErrorRecord(new LogScalePagingException(message, Incomplete, Api(failure)), Incomplete, Describe(failure).Category,
            summary)
        {
            ErrorDetails = new ErrorDetails(message)
            {
                RecommendedAction = Trace(failure, $"The events received are valid. Run the search again, or use {exportCmdlet}, "
                    + "which keeps them and can be resumed."),
            },
        };
    }

    /// <summary>The error record for an export that was read and differs from its manifest.</summary>
    public static ErrorRecord InvalidExport(string path, VerificationResult found)
    {
        var result = new ExportVerification(path, found);
        var message = $"The export '{path}' is {result}. Do not rely on the records that were read from it.";
        return new ErrorRecord(new LogScalePagingException(message, NotValid, null), NotValid, ErrorCategory.InvalidData, result)
        {
            ErrorDetails = new ErrorDetails(
                message)
            {
                RecommendedAction =
                    "Look at the findings: (Test-PagedExport PATH).Failed. Export again if the file was changed."
            },
        };
    }

    /// <summary>The error record for an export that broke off after events were saved on disk.</summary>
    public static ErrorRecord BrokenExport(Exception failure, ExportResult result, string id = IncompleteExport)
    {
        var message = FormattableString.Invariant($"The export is incomplete: it broke off after {result.Events:N0} events, ")
            + $"which are saved in '{result.PartialPath}'. {Message(failure)}";
        return new ErrorRecord(new LogScalePagingException(message, id, Api(failure)), id, Describe(failure).Category, result)
        {
            ErrorDetails = new ErrorDetails(message)
            {
                RecommendedAction = Trace(failure, $"Continue with: {ResumeCommand(result.Path)}"),
            },
        };
    }

    /// <summary>The error record for an export that is in place and whose manifest got no timestamp.</summary>
    public static ErrorRecord NoTimestamp(Exception failure, ExportResult result)
    {
        var message = $"The export is in place, but its manifest has no timestamp. {Message(failure)}";
        return new ErrorRecord(new LogScalePagingException(message, TimestampFailed, Api(failure)), TimestampFailed,
            Describe(failure).Category, result)
        {
            ErrorDetails = new ErrorDetails(message)
            {
                RecommendedAction = Trace(failure, $"Get the timestamp later: {ResumeCommand(result.Path)} -TimestampServer URL"),
            },
        };
    }

    /// <summary>The error record for a run of a schedule that broke off after a step began.</summary>
    public static ErrorRecord BrokenSchedule(Exception failure, ScheduleResult result)
    {
        var message = $"The schedule is behind: the run broke off. {Message(failure)} The next run continues from the watermark.";
        return new ErrorRecord(new LogScalePagingException(message, IncompleteExport, Api(failure)), IncompleteExport,
            Describe(failure).Category, result)
        {
            ErrorDetails = new ErrorDetails(message) { RecommendedAction = Trace(failure, "Run the same command again.") },
        };
    }

    /// <summary>The error record for a result that must be Complete; null if it is.</summary>
    public static ErrorRecord? Incompleteness(string state, string? reason, object result)
    {
        if (state == nameof(CompletenessState.Complete))
            return null;
        var message = $"The result is not Complete, it is {state}: {reason}";
        return new ErrorRecord(new LogScalePagingException(message, NotComplete, api: null), NotComplete, ErrorCategory.InvalidResult,
            result);
    }

    /// <summary>The command that resumes an export.</summary>
    public static string ResumeCommand(string path) => $"Resume-PagedExport '{path.Replace("'", "''")}'";

    /// <summary>Id and category of a failure.</summary>
    public static (string Id, ErrorCategory Category) Describe(Exception failure) => failure switch
    {
        PagingException { Kind: PagingErrorKind.RequestFailed, InnerException: { } cause } => Describe(cause),
        PagingException paging => Of(paging.Kind),
        FalconSignInException signIn => Of(signIn),
        ApiException { NetworkProblem: { } problem } => Of(problem),
        ApiException { IsCircuitOpen: true } => ("ServerGone", ErrorCategory.ConnectionError),
        ApiException { Kind: ApiErrorKind.Forbidden } api when IsGateway(api) => ("FalconScopeMissing", ErrorCategory.PermissionDenied),
        ApiException api => Of(api.Kind),
        SecretException secret => (secret.ErrorId, ErrorCategory.ResourceUnavailable),
        JobLostException { TimedOut: true } => ("QueryJobTimeout", ErrorCategory.OperationTimeout),
        JobLostException => ("QueryJobLost", ErrorCategory.ObjectNotFound),
        TryAgainException again => (TryAgain, Describe(again.InnerException!).Category),
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

    private static (string, ErrorCategory) Of(FalconSignInException failure) => failure.Problem switch
    {
        FalconSignInProblem.Credentials => ("FalconCredentialRefused", ErrorCategory.AuthenticationError),
        FalconSignInProblem.MemberCid => ("FalconMemberCidRefused", ErrorCategory.AuthenticationError),
        FalconSignInProblem.UnknownCloud => ("FalconCloudUnknown", ErrorCategory.ConnectionError),
        // A proxy may show a web page instead of the sign-in answer too.
        FalconSignInProblem.NotFalcon when failure.Kind == ApiErrorKind.NotTheApi => Of(failure.Kind),
        FalconSignInProblem.NotFalcon => ("NotFalconGateway", ErrorCategory.ConnectionError),
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

    private static (string, ErrorCategory) Of(ApiErrorKind kind) => kind switch
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

    private static string Message(Exception failure) => OptionNames.ForPowerShell(failure.Message) + failure switch
    {
        UnencryptedAuthenticationException => " To send it anyway, connect with -AllowUnencryptedAuthentication.",
        _ when Api(failure) is { NetworkProblem: NetworkProblem.ProxyCredentials } => " Or connect with -ProxyCredential.",
        _ => "",
    };

    // The engine's messages say what to do. This adds advice for PowerShell.
    private static string? Advice(Exception failure, string id, ConnectableSystem system) => Trace(failure, id switch
    {
        "BadRequest" => system.Correction,
        "Unauthorized" when Api(failure) is { } api && IsGateway(api) => "Connect-Falcon -Credential (Get-Credential)",
        "Unauthorized" or "Forbidden" when system.Name != SearchSpec.SystemName => system.Example,
        "Unauthorized" => "Connect-LogScale -BaseUrl … -Repository … -Token (Read-Host -AsSecureString)",
        "FalconCredentialRefused" => "Connect-Falcon -Credential (Get-Credential) -Cloud autodiscover",
        "FalconMemberCidRefused" => "Connect-Falcon … -MemberCid: the CID of a child tenant, as the console shows it. Omit it for the "
            + "client's own tenant.",
        "FalconCloudUnknown" => "Connect-Falcon … -BaseUrl: the address in the message, if it is correct.",
        "FalconScopeMissing"
            when system.Name == FalconRequest.SystemName => "In the Falcon console, Support and resources, API clients and "
            + "keys: give the client the read scope of this endpoint, then connect again.",
        "FalconScopeMissing" => "In the Falcon console, Support and resources, API clients and keys: give the client the scope NGSIEM "
            + "with read and write, then connect again.",
        "NotFalconGateway" when failure.Message.StartsWith("The simulator",
            StringComparison.Ordinal) => "Start-LogScaleSimulator -Gateway | Connect-Falcon",
        "NotFalconGateway" => "Connect-Falcon -Cloud us-1 (or us-2, eu-1, …), or Connect-LogScale -BaseUrl … -Token … for your own "
            + "LogScale server.",
        "NotTheApi" => "Sign in to the proxy, or use another one with -Proxy and -ProxyCredential. If there is no proxy, correct -BaseUrl.",
        "ProxyCredentialNeeded" => "Connect again with -Proxy http://proxy.example.com:8080 -ProxyCredential (Get-Credential).",
        "ProxyRefused" => "Ask the administrator of the proxy to allow the host and port, or use another proxy with -Proxy.",
        "CertificateUntrusted" => "Connect again with -CaBundle company-ca.pem.",
        "CertificateExpired" => "Check this machine's clock. If it is right, the owner of the server must renew the certificate.",
        "CertificateNameMismatch" => "Use the server name of the certificate in -BaseUrl.",
        "UnencryptedAuthentication" => "Connect again with -BaseUrl https://…",
        "ServerGone" => "Wait until the server answers, then run the command again.",
        "NotConnected" when failure is NotConnectedException disconnected => disconnected.Example,
        "NotConnected" => system.Example,
        "QueryJobLost" => "Create the job again with New-QueryJob. A static job expires 90 s after its last poll. Keep it alive with "
            + "Send-QueryJobHeartbeat.",
        "TlsFailed" => "Connect again with -CaBundle company-ca.pem.",
        _ => null,
    });

    private static bool IsGateway(ApiException failure) => failure.Path?.StartsWith("humio/", StringComparison.Ordinal) == true;

    private static string? Trace(Exception failure, string? advice)
    {
        var trace = Api(failure)?.TraceId;
        if (trace is null)
            return advice;
        return (advice is null ? "" : advice + " ") + $"Trace id for the server's support: {Printable.Line(trace)}";
    }

    private static ApiException? Api(Exception? failure)
    {
        for (; failure is not null; failure = failure.InnerException)
        {
            if (failure is ApiException api)
                return api;
        }
        return null;
    }
}
