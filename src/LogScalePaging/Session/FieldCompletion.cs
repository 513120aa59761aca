using System.Management.Automation.Runspaces;

namespace LogScalePaging;

/// <summary>
/// Offers field names after a pipe: <c>Invoke-QueryJob … | Where-Object</c> and a press of Tab. PowerShell completes there from the
/// members of the output types of a command, without running it. No object has these types. The members of one are the fields that were
/// seen in the session, by records of any system. The members of the other are the fields that every event of LogScale has.
/// </summary>
internal static class FieldCompletion
{
    /// <summary>The type with the fields that were seen, in the output types of cmdlets that emit records.</summary>
    public const string TypeName = "LogScalePaging.SeenFields";

    /// <summary>The type with the fields of events of LogScale, in the output types of cmdlets that emit them.</summary>
    public const string EventTypeName = "LogScalePaging.EventFields";

    private static readonly string[] s_known = ["@id", "@ingesttimestamp", "@rawstring", "@timestamp"];

    // PowerShell refuses a type with members of these names.
    private static readonly string[] s_reserved = ["PSAdapted", "PSBase", "PSExtended", "PSObject", "PSStandardMembers", "PSTypeNames"];

    /// <summary>Offers the fields that were seen so far, in the runspace of this thread.</summary>
    public static void Offer(SeenFields seen)
    {
        if (Runspace.DefaultRunspace is not { } runspace || !seen.HasNews())
            return;
        var fields = TypeOf(TypeName, seen.Names);
        // PowerShell refuses a type without members.
        TimeCreatedProperty.TryAdd(
            runspace, fields.Members.Count == 0 ? [TypeOf(EventTypeName, s_known)] : [TypeOf(EventTypeName, s_known), fields]);
    }

    private static TypeData TypeOf(string typeName, IEnumerable<string> fields)
    {
        var type = new TypeData(typeName) { IsOverride = true };
        foreach (var name in fields)
        {
            if (Array.FindIndex(s_reserved, r => string.Equals(r, name, StringComparison.OrdinalIgnoreCase)) < 0)
                type.Members[name] = new NotePropertyData(name, null);
        }
        return type;
    }
}
