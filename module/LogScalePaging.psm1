# Loads the binary module for this PowerShell. On PowerShell 7 it lives in a load context of its own, so that its dependencies
# never meet those of another module; on Windows PowerShell 5.1 there is no such thing, and a handler finds them beside it.
if ($PSVersionTable.PSEdition -eq 'Core') {
    if (-not ('LogScalePaging.Loader.LoadContext' -as [type])) {
        [void][System.Reflection.Assembly]::LoadFrom("$PSScriptRoot/bin/net8.0/LogScalePaging.Loader.dll")
    }
    $assembly = [LogScalePaging.Loader.LoadContext]::Initialize()
}
else {
    $assembly = [System.Reflection.Assembly]::LoadFrom("$PSScriptRoot\bin\netstandard2.0\LogScalePaging.dll")
    $assembly.GetType('LogScalePaging.DependencyResolver').GetMethod('Register').Invoke($null, $null)
}

$inner = Import-Module -Assembly $assembly -PassThru
# PowerShell takes an assembly that it has seen before for imported already, and exports nothing of it the second time
# (Import-Module -Force): put its commands into this module's table by hand.
$export = [System.Management.Automation.PSModuleInfo].GetMethod('AddExportedCmdlet', [System.Reflection.BindingFlags]'Instance, NonPublic')
foreach ($command in $inner.ExportedCmdlets.Values) {
    [void]$export.Invoke($ExecutionContext.SessionState.Module, @(, $command))
}
