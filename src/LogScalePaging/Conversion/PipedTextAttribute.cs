using System.Management.Automation;
using LogScalePaging.Events;

namespace LogScalePaging;

/// <summary>
/// For a text parameter that takes pipeline input by value. PowerShell converts an object of the pipeline to text, such as
/// <c>@{Query=*}</c>, before it looks at its properties for parameters of another set. This attribute refuses that conversion for objects
/// that have one of the properties, so that PowerShell uses them.
/// </summary>
/// <param name="properties">The parameters, and their aliases, that an object can set by name instead.</param>
internal sealed class PipedTextAttribute(params string[] properties) : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        // The fields of an event are never parameters. The cmdlet refuses events itself.
        if (inputData is not PSObject { BaseObject: PSCustomObject } input || EventBuilder.IsEvent(input)
            || properties.All(name => input.Properties[name] is null))
            return inputData;
        // PowerShell goes on only if the inner exception says that a cast failed.
        throw new ArgumentTransformationMetadataException("The object is not text.", new PSInvalidCastException());
    }
}
