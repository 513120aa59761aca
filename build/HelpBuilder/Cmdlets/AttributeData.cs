using System.Reflection;

namespace LogScalePaging.HelpBuilder.Cmdlets;

/// <summary>Attributes as metadata: their classes cannot be used, because PowerShell is not loaded.</summary>
internal static class AttributeData
{
    /// <summary>Whether an attribute is one of PowerShell's with this name.</summary>
    public static bool IsOf(this CustomAttributeData attribute, string name) =>
        attribute.AttributeType.Name == name && attribute.AttributeType.Namespace == "System.Management.Automation";

    /// <summary>The argument of the constructor at an index.</summary>
    public static T Argument<T>(this CustomAttributeData attribute, int index) => (T)attribute.ConstructorArguments[index].Value!;

    /// <summary>The value of a named argument, or the default where it is not given.</summary>
    public static T Named<T>(this CustomAttributeData attribute, string name, T otherwise) =>
        attribute.NamedArguments.Where(a => a.MemberName == name).Select(a => (T)a.TypedValue.Value!).FirstOrDefault(otherwise);

    /// <summary>All arguments of the constructor, those of a <c>params</c> array one by one.</summary>
    public static IEnumerable<object?> ArgumentsOf(this CustomAttributeData attribute) => attribute.ConstructorArguments.SelectMany(
        a => a.Value is IEnumerable<CustomAttributeTypedArgument> items ? items.Select(i => i.Value) : [a.Value]);
}
