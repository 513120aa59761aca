using System.Management.Automation.Runspaces;

namespace LogScalePaging;

/// <summary>
/// Offers field names after a pipe: <c>Invoke-QueryJob … | Where-Object</c> and a press of Tab. PowerShell completes there from the members
/// of the output types of a command, without running it. No object has this type; its members are the fields that were seen in the session.
/// </summary>
internal static class FieldCompletion
{
    /// <summary>The type, in the output types of cmdlets that emit records.</summary>
    public const string TypeName = "LogScalePaging.SeenFields";

    // The fields that every event of LogScale has.
    private static readonly string[] s_known = ["@id", "@ingesttimestamp", "@rawstring", "@timestamp"];

    // PowerShell refuses a type with members of these names.
    private static readonly string[] s_reserved = ["PSAdapted", "PSBase", "PSExtended", "PSObject", "PSStandardMembers", "PSTypeNames"];

    /// <summary>Offers the fields that were seen so far, in the runspace of this thread.</summary>
    public static void Offer(SeenFields seen)
    {
        if (Runspace.DefaultRunspace is not { } runspace || !seen.HasNews())
            return;
        var type = new TypeData(TypeName) { IsOverride = true };
        // Except also removes repeated names.
        foreach (var name in s_known.Concat(seen.Names).Except(s_reserved, StringComparer.OrdinalIgnoreCase))
            type.Members.Add(name, new NotePropertyData(name, null));
        TimeCreatedProperty.TryAdd(runspace, [type]);
    }
}
