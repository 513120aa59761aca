using Mono.Cecil;
using Mono.Cecil.Cil;

namespace LogScalePaging.Architecture.Tests;

/// <summary>Finds which types of an assembly a type of the same assembly uses: in its members, their code, and their attributes.</summary>
internal sealed class TypeUses(AssemblyDefinition assembly)
{
    /// <summary>Every use of a type by another: the outermost types that the source files declare.</summary>
    public IEnumerable<(TypeDefinition User, TypeDefinition Used)> All() =>
        from user in assembly.MainModule.Types
        where user.Namespace.Length > 0
        from used in Of(user).SelectMany(Parts).Select(Own).OfType<TypeDefinition>().Distinct()
        where used != user
        select (user, used);

    private static IEnumerable<TypeReference?> Of(TypeDefinition type)
    {
        IEnumerable<TypeReference?> own = [type.BaseType, .. type.Interfaces.Select(i => i.InterfaceType), .. Attributes(type),
            .. Constraints(type)];
        return own
            .Concat(type.Fields.SelectMany(f => Attributes(f).Append(f.FieldType)))
            .Concat(type.Properties.SelectMany(p => Attributes(p).Append(p.PropertyType)))
            .Concat(type.Events.Select(e => e.EventType))
            .Concat(type.Methods.SelectMany(Of))
            .Concat(type.NestedTypes.SelectMany(Of));
    }

    private static IEnumerable<TypeReference?> Of(MethodDefinition method) =>
    [
        method.ReturnType,
        .. method.Parameters.Select(p => p.ParameterType),
        .. Attributes(method),
        .. Constraints(method),
        .. method.HasBody ? method.Body.Variables.Select(v => v.VariableType) : [],
        .. method.HasBody ? method.Body.ExceptionHandlers.Select(h => h.CatchType) : [],
        .. method.HasBody ? method.Body.Instructions.SelectMany(Of) : [],
    ];

    private static IEnumerable<TypeReference?> Of(Instruction instruction) => instruction.Operand switch
    {
        TypeReference type => [type],
        FieldReference field => [field.DeclaringType, field.FieldType],
        GenericInstanceMethod method => [method.DeclaringType, method.ReturnType, .. method.GenericArguments],
        MethodReference method => [method.DeclaringType, method.ReturnType],
        _ => [],
    };

    private static IEnumerable<TypeReference> Attributes(ICustomAttributeProvider provider) => provider.CustomAttributes
        .SelectMany(a => a.ConstructorArguments.Select(c => c.Value).OfType<TypeReference>().Append(a.AttributeType));

    private static IEnumerable<TypeReference> Constraints(IGenericParameterProvider provider) => provider.GenericParameters
        .SelectMany(p => p.Constraints).Select(c => c.ConstraintType);

    // A generic type uses its arguments as well, and an array its elements.
    private static IEnumerable<TypeReference> Parts(TypeReference? type) => type switch
    {
        null => [],
        GenericInstanceType generic => [generic.ElementType, .. generic.GenericArguments.SelectMany(Parts)],
        TypeSpecification other => Parts(other.ElementType),
        _ => [type],
    };

    private TypeDefinition? Own(TypeReference type)
    {
        var outer = type;
        while (outer.DeclaringType is { } declaring)
            outer = declaring;
        return outer.Scope == assembly.MainModule && !outer.IsGenericParameter ? outer.Resolve() : null;
    }
}
