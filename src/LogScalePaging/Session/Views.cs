using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace LogScalePaging;

/// <summary>
/// How the module's objects look and are saved. Loaded with the first cmdlet of a session, because PowerShell takes some 100 ms for it,
/// which an import alone should not cost; so PowerShell does not know that they are the module's, and they are taken away here.
/// </summary>
internal sealed class Views
{
    private const string LoadScript = """
        param($Folder)
        Microsoft.PowerShell.Utility\Update-TypeData -AppendPath "$Folder/LogScalePaging.Types.ps1xml" -WhatIf:$false -Confirm:$false
        Microsoft.PowerShell.Utility\Update-FormatData -AppendPath "$Folder/LogScalePaging.Format.ps1xml" -WhatIf:$false -Confirm:$false
        """;

    private const string RemoveScript = """
        param($Folder)
        Microsoft.PowerShell.Utility\Remove-TypeData -Path "$Folder/LogScalePaging.Types.ps1xml" -WhatIf:$false -Confirm:$false
        Microsoft.PowerShell.Utility\Update-FormatData -WhatIf:$false -Confirm:$false
        """;

    private bool _loaded;

    private static string? Folder => Path.GetDirectoryName(Path.GetDirectoryName(Path.GetDirectoryName(typeof(Views).Assembly.Location)));

    /// <summary>Loads them, once.</summary>
    public void Load(PSCmdlet cmdlet)
    {
        if (_loaded)
            return;
        _loaded = true;
        try
        {
            cmdlet.InvokeCommand.InvokeScript(LoadScript, false, PipelineResultTypes.None, null, Folder);
        }
        catch (RuntimeException e) when (e is not PipelineStoppedException)
        {
            // A restricted session may lack these commands: the objects are the same, only their tables are plainer.
            cmdlet.WriteVerbose($"The views of this module could not be loaded: {e.Message}");
        }
    }

    /// <summary>Takes them away. On the thread of the session's pipeline.</summary>
    public void Remove()
    {
        if (!_loaded)
            return;
        _loaded = false;
        try
        {
            // Update-FormatData loads all that the session lists once more: ours must leave the list first.
            var formats = Runspace.DefaultRunspace.InitialSessionState.Formats;
            for (var i = formats.Count - 1; i >= 0; i--)
            {
                if (Path.GetFileName(formats[i].FileName) == "LogScalePaging.Format.ps1xml")
                    formats.RemoveItem(i);
            }
            using var shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
            shell.AddScript(RemoveScript).AddArgument(Folder).Invoke();
        }
        catch (Exception e) when (e is RuntimeException or InvalidOperationException)
        {
            // The session ends, or lacks these commands: a view too many does no harm.
        }
    }
}
