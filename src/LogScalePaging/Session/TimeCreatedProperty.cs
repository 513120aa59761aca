using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;
using LogScalePaging.Events;

namespace LogScalePaging;

/// <summary>
/// Adds <c>TimeCreated</c>, the name that Get-WinEvent uses, to the types of events and records. Where, Sort, Group and Format find it. It
/// is hidden, so Export-Csv, ConvertTo-Json and Select-Object * see only the fields that the server sent. A field of this name that the
/// server sent is a property of the object, and PowerShell prefers it.
/// </summary>
internal static class TimeCreatedProperty
{
    private const string Name = "TimeCreated";
    private const BindingFlags Members = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    // A type matches only its exact name, so selected and deserialised events have their own entries.
    private static readonly string[] s_prefixes = ["", "Selected.", "Deserialized.", "Deserialized.Selected."];

    /// <summary>
    /// Adds the property in a runspace. The module's manifest cannot use a types file for this: PowerShell refuses such a file from a
    /// second copy of the module, and then the whole import.
    /// </summary>
    public static void AddTo(Runspace runspace)
    {
        TypeData[] types =
        [
            .. Entries(EventBuilder.EventType, nameof(EventTime.OfEvent)),
            .. Entries(RecordTypes.AxiomEvent, nameof(EventTime.OfAxiomEvent)),
            .. Entries(RecordTypes.FalconRecord, nameof(EventTime.OfFalconRecord)),
            .. ShownProperties.Types(),
        ];
        if (!TryAdd(runspace, types))
            Update(types);
    }

    private static IEnumerable<TypeData> Entries(string type, string getter)
    {
        var method = typeof(EventTime).GetMethod(getter)!;
        foreach (var prefix in s_prefixes)
        {
            // An override replaces the property of an earlier import.
            var data = new TypeData(prefix + type) { IsOverride = true };
            data.Members.Add(Name, new CodePropertyData(Name, method) { IsHidden = true });
            yield return data;
        }
    }

    // Update-TypeData does the same, but loads another module, which doubles the time of an import.
    internal static bool TryAdd(Runspace runspace, TypeData[] types)
    {
        try
        {
            if (Value(Value(runspace, "ExecutionContext"), "TypeTable") is not TypeTable table
                || typeof(TypeTable).GetMethod("AddType", [typeof(TypeData)]) is not { } add)
                return false;
            foreach (var type in types)
            {
                add.Invoke(table, [type]);
                if (type.Members.ContainsKey(Name))
                    KeepOutOfCopies(table, type.TypeName);
            }
            return true;
        }
        catch (TargetInvocationException)
        {
            return false;
        }
    }

    // Export-Clixml and jobs save hidden properties too. A copy of an event would have the time as text, and as one of its fields. The
    // copy's own entry computes the property again.
    private static void KeepOutOfCopies(TypeTable table, string type)
    {
        foreach (var field in typeof(TypeTable).GetFields(Members))
        {
            if (field.GetValue(table) is IDictionary entries && entries[type] is PSMemberInfoCollection<PSMemberInfo> members
                && members[Name] is { } member)
                Find(member.GetType(), "ShouldSerialize")?.SetValue(member, false);
        }
    }

    private static object? Value(object? of, string property) => of is null ? null : Find(of.GetType(), property)?.GetValue(of);

    private static PropertyInfo? Find(Type? type, string property) =>
        type is null ? null : type.GetProperty(property, Members | BindingFlags.DeclaredOnly) ?? Find(type.BaseType, property);

    private static void Update(TypeData[] types)
    {
        using var shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        try
        {
            shell.AddCommand("Microsoft.PowerShell.Utility\\Update-TypeData").AddParameter("TypeData", types).AddParameter("Force")
                .Invoke();
        }
        catch (RuntimeException)
        {
            // A session without this command has events without TimeCreated.
        }
    }
}
