namespace LogScalePaging.HelpBuilder.Cmdlets;

/// <summary>Names of types as help shows them.</summary>
internal static class TypeNames
{
    /// <summary>The type of the value where null means "not given".</summary>
    public static Type WithoutNullable(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition().FullName == "System.Nullable`1" ? type.GetGenericArguments()[0] : type;

    /// <summary>String[], Dictionary[String,Int32].</summary>
    public static string Short(Type type) => Name(type, t => t.Name);

    /// <summary>System.String[], System.Collections.Generic.Dictionary[System.String,System.Int32].</summary>
    public static string Full(Type type) => Name(type, t => $"{t.Namespace}.{t.Name}");

    private static string Name(Type type, Func<Type, string> name)
    {
        if (type.IsArray)
            return Name(type.GetElementType()!, name) + "[]";
        if (!type.IsGenericType)
            return name(type);
        var definition = name(type.GetGenericTypeDefinition());
        var arguments = string.Join(",", type.GetGenericArguments().Select(a => Name(a, name)));
        return $"{definition[..definition.IndexOf('`', StringComparison.Ordinal)]}[{arguments}]";
    }
}
