# Windows PowerShell 5.1 has no load contexts: a handler finds the dependencies beside the module.
$assembly = [System.Reflection.Assembly]::LoadFrom("$PSScriptRoot\bin\netstandard2.0\LogScalePaging.dll")
$assembly.GetType('LogScalePaging.DependencyResolver').GetMethod('Register').Invoke($null, $null)
$inner = Import-Module -Assembly $assembly -PassThru
# PowerShell takes an assembly that it has seen before for imported already, and exports nothing of it the second time
# (Import-Module -Force): put its commands into this module's table by hand.
$export = [System.Management.Automation.PSModuleInfo].GetMethod('AddExportedCmdlet', [System.Reflection.BindingFlags]'Instance, NonPublic')
foreach ($command in $inner.ExportedCmdlets.Values) {
    [void]$export.Invoke($ExecutionContext.SessionState.Module, @(, $command))
}
