using System.Text.RegularExpressions;
using LogScalePaging.Common;
using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Slices;
using LogScalePaging.Paging;
using LogScalePaging.Paging.Positions;
using LogScalePaging.Transport.Errors;

namespace LogScalePaging.Cli.Output;

/// <summary>
/// Turns an exception into one message. The text comes from the engine. This class adds what only the command line knows.
/// </summary>
internal static partial class ErrorText
{
    /// <summary>The message.</summary>
    public static string Of(Exception e) => e switch
    {
        PagingException { InnerException: ApiException cause } => Api(cause),
        ApiException failure => Api(failure),
        ExportException { Kind: ExportErrorKind.OutputExists } exists =>
            $"{exists.Message} For scheduled exports, use --force. It keeps the old output until the new one is complete.",
        UsageException or PagingException or ExportException or PlanException or CheckpointMismatchException => e.Message,
        ArgumentException argument => WithoutParameter(argument),
        IOException or UnauthorizedAccessException => e.Message,
        _ => $"Unexpected {e.GetType().FullName}: {e.Message} Please report this, with the output of --verbose.",
    };

    /// <summary>The exit code for it.</summary>
    public static int ExitCodeOf(Exception e) => e switch
    {
        UsageException => ExitCode.Usage,
        PlanException => ExitCode.PlanDoesNotFit,
        OperationCanceledException => ExitCode.Interrupted,
        _ => ExitCode.Failed,
    };

    /// <summary>True for a bug of this program. The stack trace is then useful.</summary>
    public static bool IsUnexpected(Exception e) => e is not (UsageException or PagingException or ApiException or ExportException
        or PlanException or CheckpointMismatchException or ArgumentException or IOException or UnauthorizedAccessException);

    /// <summary>The message of an argument exception without the parameter name, which users of a command line don't know.</summary>
    public static string WithoutParameter(ArgumentException e) =>
        ParameterName().Replace(e.Message, "");

    private static string Api(ApiException e)
    {
        var request = e.Method is null ? null : $"{e.Method} {e.Path}";
        var tried = e.Attempts > 1 ? $"tried {e.Attempts} times" : null;
        // The message already has the trace id.
        var details = string.Join(", ", new[] { request, tried }.OfType<string>());
        // For bad CQL, the place in the query matters, and the message has it. The request does not help.
        return e.Kind == ApiErrorKind.BadRequest || details.Length == 0 ? e.Message : $"{e.Message}\n({Printable.Line(details)})";
    }

    [GeneratedRegex(@"\s*\(Parameter '[^']*'\)(\r?\nActual value was .*)?")]
    private static partial Regex ParameterName();
}
