using System.Reflection;

namespace LogScalePaging.HelpBuilder.Cmdlets;

/// <summary>Reads a parameter from a property of a cmdlet.</summary>
internal static class ParameterReader
{
    /// <summary>Reads a property.</summary>
    /// <returns>Null for a property that is no parameter, or one that users do not see.</returns>
    public static ParameterModel? Read(PropertyInfo property)
    {
        var attributes = property.GetCustomAttributesData();
        var uses = attributes.Where(a => a.IsOf("ParameterAttribute")).ToList();
        if (uses.Count == 0 || uses.Exists(u => u.Named("DontShow", false)))
            return null;
        var type = TypeNames.WithoutNullable(property.PropertyType);
        return new ParameterModel
        {
            Name = property.Name,
            TypeName = TypeNames.Short(type),
            FullTypeName = TypeNames.Full(type),
            IsArray = type.IsArray,
            Aliases = [.. Strings(attributes, "AliasAttribute")],
            AcceptedValues = AcceptedValues(type, attributes),
            AcceptsWildcards = attributes.Any(a => a.IsOf("SupportsWildcardsAttribute")),
            Uses = [.. uses.Select(u => KeyValuePair.Create(u.Named("ParameterSetName", ParameterSet.All), ReadUse(u)))],
        };
    }

    private static ParameterUse ReadUse(CustomAttributeData attribute)
    {
        var position = attribute.Named("Position", int.MinValue);
        return new ParameterUse(
            attribute.Named("Mandatory", false),
            position == int.MinValue ? null : position,
            attribute.Named("ValueFromPipeline", false),
            attribute.Named("ValueFromPipelineByPropertyName", false));
    }

    private static string[] AcceptedValues(Type type, IEnumerable<CustomAttributeData> attributes)
    {
        var element = type.IsArray ? type.GetElementType()! : type;
        var values = Strings(attributes, "ValidateSetAttribute").ToArray();
        return values.Length == 0 && element.IsEnum ? element.GetEnumNames() : values;
    }

    private static IEnumerable<string> Strings(IEnumerable<CustomAttributeData> attributes, string name) =>
        attributes.Where(a => a.IsOf(name)).SelectMany(a => a.ArgumentsOf().Cast<string>());
}
