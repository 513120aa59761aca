using System.Collections.ObjectModel;
using System.Management.Automation;
using LogScalePaging.Events;

namespace LogScalePaging.Commands;

/// <summary>
/// Refuses pipeline input that must not set parameters. PowerShell binds properties to parameters by name, and the fields of an event
/// come from a server. A field <c>Repository</c> or <c>Id</c> would choose what is searched or deleted.
/// </summary>
/// <remarks>
/// A cmdlet gets the object itself only through a parameter that accepts any object. It is a dynamic parameter, and exists only in a
/// pipeline: <c>Get-Command -Syntax</c>, the help and tab completion do not show it.
/// </remarks>
/// <param name="invocation">The invocation of the cmdlet, before any input was bound.</param>
internal sealed class PipedInput(InvocationInfo invocation)
{
    // PowerShell's own id for input that no parameter accepts.
    private const string ErrorId = "InputObjectNotBound";
    private const string Name = "PipelineInput";

    // The parameters that take text from the pipeline by value.
    private static readonly string[] s_texts = ["Query", "Endpoint"];

    private readonly RuntimeDefinedParameter _input = new(Name, typeof(PSObject), new Collection<Attribute>
    {
        new ParameterAttribute { ValueFromPipeline = true, DontShow = true },
    });

    private HashSet<string> _typed = [];

    /// <summary>The parameter for the object.</summary>
    public RuntimeDefinedParameterDictionary Parameters => new() { { Name, _input } };

    /// <summary>Stores the parameters that the user typed.</summary>
    public void Begin() => _typed = new HashSet<string>(invocation.BoundParameters.Keys, StringComparer.OrdinalIgnoreCase) { Name };

    /// <summary>True if the user typed a parameter, so that the pipeline does not set it.</summary>
    public bool IsTyped(string parameter) => _typed.Contains(parameter);

    /// <summary>The current object; null if there is none.</summary>
    public PSObject? Current => _input.Value is { } value ? PSObject.AsPSObject(value) : null;

    /// <summary>The error for an input object that the cmdlet does not accept; null if it is accepted.</summary>
    /// <param name="takesEvents">True if the cmdlet reads the object itself.</param>
    public ErrorRecord? Refuse(bool takesEvents)
    {
        if (takesEvents || _input.Value is not { } value)
            return null;
        var input = PSObject.AsPSObject(value);
        var command = invocation.MyCommand.Name;
        if (EventBuilder.IsEvent(input))
        {
            return Error(input, $"{command} does not take events from the pipeline, because fields of an event are never used as "
                + $"parameters. Pass the values by name: … | ForEach-Object {{ {command} … }}.");
        }
        // PowerShell would convert the tenant to a text and use it as the query.
        if (FalconChildCid.Is(input)
            && s_texts.FirstOrDefault(name => invocation.BoundParameters.ContainsKey(name) && !_typed.Contains(name)) is { } text)
            return Error(input, $"{command} takes tenants from the pipeline only together with -{text}.");
        if (!invocation.BoundParameters.Keys.All(_typed.Contains))
            return null;
        return Error(input, ConnectionConverter.Explain(input)
            ?? $"The input of type {input.TypeNames.FirstOrDefault()} and its properties match no parameter of {command} that takes "
                + $"pipeline input.");
    }

    private static ErrorRecord Error(PSObject input, string message) =>
        new(new LogScalePagingException(message, ErrorId, api: null), ErrorId, ErrorCategory.InvalidArgument, input);
}
