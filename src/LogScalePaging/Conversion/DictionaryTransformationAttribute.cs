using System.Collections.Specialized;
using System.Management.Automation;

namespace LogScalePaging;

/// <summary>
/// Accepts an object with properties where names and values are needed: <c>[pscustomobject]@{ a = 1 }</c>, or a row of <c>Import-Csv</c>
/// and
/// <c>ConvertFrom-Json</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class DictionaryTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => Of(inputData) ?? inputData;

    /// <summary>The properties of such an object in their order; null for anything else.</summary>
    internal static OrderedDictionary? Of(object? value)
    {
        if (value is not PSObject { BaseObject: PSCustomObject } made)
            return null;
        var properties = new OrderedDictionary(StringComparer.Ordinal);
        foreach (var property in made.Properties)
            properties.Add(property.Name, property.Value);
        return properties;
    }
}
