using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace LogScalePaging;

/// <summary>
/// Limits which properties of a type <c>Export-Clixml</c>, jobs and remoting save. The module's manifest cannot use a types file for
/// this: PowerShell refuses such a file from a second copy of the module, and then refuses the import of this copy.
/// </summary>
internal static class SavedProperties
{
    private const string Script = """
        param($TypeName, $Names)
        $change = @{ SerializationMethod = 'SpecificProperties'; PropertySerializationSet = $Names; WhatIf = $false; Confirm = $false }
        Microsoft.PowerShell.Utility\Update-TypeData -TypeName $TypeName -Force @change
        """;

    /// <summary>Sets the limit in this session. It stays after the module is removed, as the objects do.</summary>
    public static void Limit(PSCmdlet cmdlet, string typeName, params string[] names)
    {
        try
        {
            cmdlet.InvokeCommand.InvokeScript(Script, false, PipelineResultTypes.None, null, typeName, names);
        }
        catch (CommandNotFoundException e)
        {
            cmdlet.WriteWarning(
                $"Objects of type {typeName} are saved with their secrets, because this session has no Update-TypeData: {e.Message}");
        }
    }
}
