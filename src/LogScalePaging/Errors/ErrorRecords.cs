using System.Management.Automation;
using LogScalePaging.Common;
using LogScalePaging.Export.Verification;
using LogScalePaging.Falcon.Rest.Endpoints;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Transport.Errors;
using LogScalePaging.Transport.Http;

namespace LogScalePaging;

/// <summary>
/// Turns exceptions of the engine, and results that are not what was asked for, into error records. The ids of failures are in
/// <see cref="ErrorKinds"/>, what to do about them is in <see cref="ErrorAdvice"/>.
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
        var (id, category) = ErrorKinds.Describe(failure);
        if (id == "Forbidden" && system?.Name == FalconRequest.SystemName)
            id = FalconErrors.ScopeMissing;
        // The record has its own exception: types of the engine cannot be resolved by scripts, and its inner exceptions repeat the
        // message.
        var message = Message(failure);
        var record = new ErrorRecord(new LogScalePagingException(message, id, Api(failure)), id, category, target);
        var advice = ErrorAdvice.Of(failure, id, system ?? ConnectableSystem.Of(SearchSpec.SystemName));
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
    public static ErrorRecord Broken(Exception failure, QueryJobSummary summary, string exportCmdlet) => Of(
        failure,
        Incomplete,
        $"The result is incomplete: the search broke off after {Counted.Of(summary.Received, "record")}. {Message(failure)}",
        $"The events received are valid. Run the search again, or use {exportCmdlet}, which keeps them and can be resumed.",
        summary);

    /// <summary>The error record for an export that broke off after events were saved on disk.</summary>
    public static ErrorRecord BrokenExport(Exception failure, ExportResult result, string id = IncompleteExport) => Of(
        failure,
        id,
        $"The export is incomplete: it broke off after {Counted.Of(result.Events, "event")}, saved in '{result.PartialPath}'. {Message(failure)}",
        $"Continue with: {ResumeCommand(result.Path)}",
        result);

    /// <summary>The error record for an export that is in place and whose manifest got no timestamp.</summary>
    public static ErrorRecord NoTimestamp(Exception failure, ExportResult result) => Of(
        failure,
        TimestampFailed,
        $"The export is in place, but its manifest has no timestamp. {Message(failure)}",
        $"Get the timestamp later: {ResumeCommand(result.Path)} -TimestampServer URL",
        result);

    /// <summary>The error record for a run of a schedule that broke off after a step began.</summary>
    public static ErrorRecord BrokenSchedule(Exception failure, ScheduleResult result) => Of(
        failure,
        IncompleteExport,
        $"The schedule is behind: the run broke off. {Message(failure)} The next run continues from the watermark.",
        "Run the same command again.",
        result);

    /// <summary>The error record for an export that was read and differs from its manifest.</summary>
    public static ErrorRecord InvalidExport(string path, VerificationResult found)
    {
        var result = new ExportVerification(path, found);
        // Without a manifest nothing was read. Most often the path has a mistake.
        var (message, advice) = found.Manifest is null && result.Failed is [{ Detail: { } detail }]
            ? ($"Nothing was read from '{path}'. {detail}",
                "Check the path. An export has its manifest beside it. Test-PagedExport shows what is missing.")
            : ($"The export '{path}' is {result}. Do not rely on the records that were read from it.",
                "Look at the findings: (Test-PagedExport PATH).Failed. Export again if the file was changed.");
        return new ErrorRecord(new LogScalePagingException(message, NotValid, null), NotValid, ErrorCategory.InvalidData, result)
        {
            ErrorDetails = new ErrorDetails(message) { RecommendedAction = advice },
        };
    }

    /// <summary>The error record for a slice that was ended by its time limit. An engine is to start it again.</summary>
    public static ErrorRecord StoppedSlice(ExportResult result)
    {
        var saved = Counted.Of(result.PartialPath is null ? 0 : result.Events, "event");
        var message = $"The slice is not finished: {result.Reason}. {saved} saved.";
        return new ErrorRecord(new LogScalePagingException(message, TryAgain, api: null), TryAgain, ErrorCategory.OperationTimeout, result)
        {
            ErrorDetails = new ErrorDetails(message) { RecommendedAction = "Run the slice again. It continues." },
        };
    }

    /// <summary>The error record for a result that must be Complete; null if it is.</summary>
    /// <param name="state">The state of the result.</param>
    /// <param name="reason">Why, in one sentence.</param>
    /// <param name="result">The result.</param>
    /// <param name="tooLate">Events that arrived too late for a schedule and are in no file.</param>
    public static ErrorRecord? Incompleteness(string state, string? reason, object result, long tooLate = 0)
    {
        var isComplete = state == nameof(CompletenessState.Complete);
        if (isComplete && tooLate == 0)
            return null;
        var message = isComplete
            ? FormattableString.Invariant($"{tooLate:N0} {(tooLate == 1 ? "event" : "events")} arrived too late and ")
                + $"{(tooLate == 1 ? "is" : "are")} in no file: {reason}"
            : $"The result is not Complete, it is {state}: {reason}";
        return new ErrorRecord(new LogScalePagingException(message, NotComplete, api: null), NotComplete, ErrorCategory.InvalidResult,
            result);
    }

    /// <summary>The command that resumes an export.</summary>
    public static string ResumeCommand(string path) => $"Resume-PagedExport '{path.Replace("'", "''")}'";

    /// <summary>The failed request that caused a failure; null if none did.</summary>
    public static ApiException? Api(Exception? failure)
    {
        for (; failure is not null; failure = failure.InnerException)
        {
            if (failure is ApiException api)
                return api;
        }
        return null;
    }

    // A result that is kept although something failed.
    private static ErrorRecord Of(Exception failure, string id, string message, string advice, object result) =>
        new(new LogScalePagingException(message, id, Api(failure)), id, ErrorKinds.Describe(failure).Category, result)
        {
            ErrorDetails = new ErrorDetails(message) { RecommendedAction = ErrorAdvice.WithTrace(failure, advice) },
        };

    private static string Message(Exception failure) => OptionNames.ForPowerShell(failure.Message) + failure switch
    {
        UnencryptedAuthenticationException => " To send it anyway, connect with -AllowUnencryptedAuthentication.",
        _ when Api(failure) is { NetworkProblem: NetworkProblem.ProxyCredentials } => " Or connect with -ProxyCredential.",
        _ => "",
    };
}
