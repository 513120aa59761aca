using System.Management.Automation;
using LogScalePaging.Events;

namespace LogScalePaging.Commands;

/// <summary>
/// Refuses pipeline input that must not set parameters. PowerShell binds properties to parameters by name, and the fields of an event come
/// from a server: a field <c>Repository</c> or <c>Id</c> would choose what is searched or deleted.
/// </summary>
/// <param name="invocation">The invocation of the cmdlet, before any input was bound.</param>
internal sealed class PipedInput(InvocationInfo invocation)
{
    // PowerShell's own id for input that no parameter takes.
    private const string ErrorId = "InputObjectNotBound";

    private readonly HashSet<string> _typed = new(invocation.BoundParameters.Keys, StringComparer.OrdinalIgnoreCase)
    {
        nameof(LogScaleCommandBase.PipelineInput),
    };

    /// <summary>The error for an input object that the cmdlet does not take; null when it may run.</summary>
    /// <param name="input">The object from the pipeline; null for none.</param>
    public ErrorRecord? Refuse(PSObject? input)
    {
        if (!invocation.ExpectingInput || input is null)
            return null;
        var command = invocation.MyCommand.Name;
        if (EventBuilder.IsEvent(input))
        {
            return Error(input, $"{command} does not take events from the pipeline: fields of an event are never used as parameters. "
                + $"Pass the values by name: … | ForEach-Object {{ {command} … }}.");
        }
        return invocation.BoundParameters.Keys.All(_typed.Contains)
            ? Error(input, $"The input of type {input.TypeNames.FirstOrDefault()} and its properties match no parameter of {command} that takes pipeline input.")
            : null;
    }

    private static ErrorRecord Error(PSObject input, string message) =>
        new(new LogScalePagingException(message, ErrorId, api: null), ErrorId, ErrorCategory.InvalidArgument, input);
}
