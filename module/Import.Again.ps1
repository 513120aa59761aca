# PowerShell takes an assembly that it has seen before for imported already, and exports nothing of it the second time
# (Import-Module -Force): put its commands into this module's table by hand.
$export = [System.Management.Automation.PSModuleInfo].GetMethod('AddExportedCmdlet', [System.Reflection.BindingFlags]'Instance, NonPublic')
foreach ($command in $inner.ExportedCmdlets.Values) {
    [void]$export.Invoke($ExecutionContext.SessionState.Module, @(, $command))
}
