using System.Linq.Expressions;
using System.Management.Automation;

namespace LogScalePaging.Events;

/// <summary>
/// Creates empty pipeline objects with space for a number of properties. PowerShell 7 has a constructor for this, but its reference
/// assembly for 5.1 does not. Without it, the table of properties is resized four times while an event is filled in.
/// </summary>
internal static class EmptyObjects
{
    private static readonly Func<int, PSObject> s_make = Find();

    /// <summary>A new object.</summary>
    public static PSObject WithRoomFor(int properties) => s_make(properties);

    private static Func<int, PSObject> Find()
    {
        if (typeof(PSObject).GetConstructor([typeof(int)]) is not { } constructor)
            return static _ => new PSObject();
        var capacity = Expression.Parameter(typeof(int));
        return Expression.Lambda<Func<int, PSObject>>(Expression.New(constructor, capacity), capacity).Compile();
    }
}
