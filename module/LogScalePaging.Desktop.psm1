# Windows PowerShell 5.1 has no load contexts, so a handler finds the dependencies next to the module.
# Built with Join-Path, so that the tests can run this file on every system.
$file = Join-Path $PSScriptRoot (Join-Path bin (Join-Path netstandard2.0 LogScalePaging.dll))
$assembly = [System.Reflection.Assembly]::LoadFrom($file)
# A process loads an assembly of one name only once: a second copy of the module runs the code of the first. One warning says so, as on PowerShell 7.
$folders = @([AppDomain]::CurrentDomain.GetData('LogScalePaging.Folders') | Where-Object { $_ })
if ($PSScriptRoot -notin $folders) {
    [AppDomain]::CurrentDomain.SetData('LogScalePaging.Folders', $folders + $PSScriptRoot)
    if ($folders) {
        Write-Warning "LogScalePaging is already loaded from '$($folders[0])'. A session can load it only once, so the commands imported from '$PSScriptRoot' run the code of the first folder. Start a new session to use the other folder."
    }
}
$assembly.GetType('LogScalePaging.DependencyResolver').GetMethod('Register').Invoke($null, $null)
$inner = Import-Module -Assembly $assembly -PassThru
# PowerShell treats an assembly that it knows as imported already, and exports nothing from it the second time
# (Import-Module -Force). A method that is not public adds the commands to this module's table.
$export = [System.Management.Automation.PSModuleInfo].GetMethod('AddExportedCmdlet', [System.Reflection.BindingFlags]'Instance, NonPublic')
if ($export) {
    foreach ($command in $inner.ExportedCmdlets.Values) {
        [void]$export.Invoke($ExecutionContext.SessionState.Module, @(, $command))
        # The aliases are not exported either. For them, Set-Alias is enough.
        $command.ImplementingType.GetCustomAttributes([System.Management.Automation.AliasAttribute], $false) |
            ForEach-Object { $_.AliasNames } | ForEach-Object { Set-Alias -Name $_ -Value $command.Name }
    }
}
else {
    # Without that method only the first import of a session exports commands.
    $names = @($inner.ExportedCmdlets.Keys)
    Export-ModuleMember -Cmdlet $names -Alias *
    if (-not $ExecutionContext.InvokeCommand.GetCmdlet($names[0])) {
        Write-Warning 'This PowerShell can import LogScalePaging only once in a session. Start a new session to import it again.'
    }
}
